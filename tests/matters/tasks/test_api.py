"""Tasks by a program: given, opened, handed in, accepted, by the rules of their pages."""

import pytest

from shige.matters.models import Task
from shige.matters.models.read_receipt import ReadReceipt

from .. import taskforce
from ..program import program_of
from ..town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def posts(town: Town) -> None:
    taskforce.settle(town)


def test_a_task_is_given_done_and_accepted(town: Town) -> None:
    matter = taskforce.matter(town)
    worker, company = program_of(town, "fulltime_worker"), program_of(town, "property_company")
    asked = {field["name"]: field for field in worker.get(f"/matters/{matter.number}/tasks/new").json()}
    wanted = town.posts["property_company"].name
    post = next(one["value"] for one in asked["post"]["choices"] if wanted in one["label"])
    given = worker.post(
        f"/matters/{matter.number}/tasks",
        post=post,
        action="请清运并拍照",
        limit="1wd",
        files=[worker.sent()],
    )
    assert given.status_code == 201 and given.json()["matter"] == matter.number
    number = given.json()["number"]
    assert [row["number"] for row in company.get("/tasks").json()["given"]] == [number]
    seen = company.get(f"/tasks/{number}").json()
    assert seen["matter"] is None and ReadReceipt.objects.count() == 1
    assert company.post(f"/tasks/{number}/actions/take").status_code == 200
    handed = company.post(f"/tasks/{number}/actions/hand_in", note="已清运", files=[company.sent()])
    assert handed.status_code == 200
    assert [row["number"] for row in worker.get("/tasks").json()["waiting"]] == [number]
    assert worker.post(f"/tasks/{number}/actions/accept").status_code == 200
    assert not Task.objects.get().open
    assert [row["number"] for row in company.get("/tasks?done=true").json()["given"]] == [number]


def test_nobody_else_sees_or_moves_it(town: Town) -> None:
    number = taskforce.task(town).number
    partner = program_of(town, "partner")
    assert partner.get(f"/tasks/{number}").status_code == 404
    assert partner.post(f"/tasks/{number}/actions/take").status_code == 404
    company = program_of(town, "property_company")
    assert company.post(f"/tasks/{number}/actions/accept").status_code == 404
    assert company.post(f"/tasks/{number}/actions/hand_in", note=" ").status_code in {404, 422}
    micro = program_of(town, "micro_worker")
    matter = Task.objects.get().matter.number
    assert micro.post(f"/matters/{matter}/tasks", post="x", action="x", limit="1wd").status_code in {403, 404}


def test_a_task_that_does_not_fit_names_its_fields(town: Town) -> None:
    matter, worker = taskforce.matter(town), program_of(town, "fulltime_worker")
    answer = worker.post(f"/matters/{matter.number}/tasks", post="nobody", action="x", limit="1wd")
    assert [fault["field"] for fault in answer.json()["errors"]] == ["post"]
    assert not Task.objects.exists()
