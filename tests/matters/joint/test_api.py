"""Joint tasks by a program: called, apologised for, noted, handed in, concluded."""

from datetime import timedelta

import pytest

from shige.matters import clock
from shige.matters.models import JointTask
from shige.trust.veil import veiled

from .. import taskforce
from ..program import program_of
from ..town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def posts(town: Town) -> None:
    taskforce.settle(town)


def test_departments_are_called_and_each_hands_in_its_part(town: Town) -> None:
    matter = taskforce.matter(town)
    street, company = program_of(town, "street_officer"), program_of(town, "property_company")
    asked = {field["name"]: field for field in street.get(f"/matters/{matter.number}/joint/new").json()}
    names = {town.posts[who].name for who in ("property_company", "partner")}
    posts = [one["value"] for one in asked["posts"]["choices"] if any(name in one["label"] for name in names)]
    meets_at = (clock.now() + timedelta(hours=2)).isoformat()
    called = street.post(
        f"/matters/{matter.number}/joint",
        posts=posts, purpose="现场会商", place="玉兰广场", meets_at=meets_at,
    )  # fmt: skip
    assert called.status_code == 201, called.content
    number = called.json()["number"]
    own = company.get("/tasks").json()["given"][0]
    assert own["number"] == number
    assert company.get(f"/parts/{own['part']}").json()["actions"] == ["excuse", "result"]
    assert company.post(f"/parts/{own['part']}/actions/excuse", note="人手不够").status_code == 200
    with clock.at(clock.now() + timedelta(hours=3)):
        for part in called.json()["parts"]:
            noted = street.post(f"/joint/{number}/parts/{part['part']}/attendance", attendance="present")
            assert noted.status_code == 200
        assert company.post(f"/parts/{own['part']}/actions/result", note="已清理").status_code == 200
        other = next(part["part"] for part in called.json()["parts"] if part["part"] != own["part"])
        assert street.post(f"/joint/{number}/parts/{other}/result", note="已听取").status_code == 200
        assert street.post(f"/joint/{number}/actions/conclude", note="分工明确").status_code == 200
    assert not JointTask.objects.get().open


def test_nobody_else_sees_or_moves_it(town: Town) -> None:
    matter = taskforce.matter(town)
    street = program_of(town, "street_officer")
    joint = taskforce.call_joint(
        town.viewer("street_officer"), matter.number, taskforce.summons(town, "property_company", "partner")
    )
    part = veiled("key", str(joint.parts.get(post=town.posts["property_company"]).pk))
    partner, worker = program_of(town, "partner"), program_of(town, "micro_worker")
    assert partner.get(f"/parts/{part}").status_code == 404
    assert partner.post(f"/parts/{part}/actions/excuse", note="x").status_code == 404
    assert worker.get(f"/joint/{joint.number}").status_code in {403, 404}
    assert street.post(f"/joint/{joint.number}/actions/excuse", note="x").status_code == 404
    assert street.post(f"/joint/{joint.number}/actions/conclude", note="x").status_code == 404, "not yet"
    assert street.post(f"/joint/{joint.number}/actions/cancel", note=" ").status_code == 422
