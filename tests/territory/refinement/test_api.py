"""A plan changed by hand by a program, by the rules of its pages (R6)."""

import pytest

from shige.territory.models import Area, Plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.territory.refinement.wishes import wishes_of
from shige.trust.gate import SYSTEM

from ..ground import TWO
from ..plans.test_api import one, program
from .test_moves import leaf_of


@pytest.fixture
def plan(street: Area) -> Plan:
    return propose_plan(SYSTEM, street)


def test_a_building_is_found_checked_and_moved(plan: Plan, street: Area) -> None:
    officer = program("street_officer", street)
    assert "U009" in {row["unit"] for row in officer.get(f"{one(plan)}/buildings?q=玉兰路9").json()}
    target = officer.get(f"{one(plan)}/building?unit=U009").json()["beside"][0]["code"]
    checked = officer.get(f"{one(plan)}/check?unit=U009&target={target}").json()
    assert len(checked["grids"]) == 2 and {"broken", "mended"} < set(checked)
    sent = {"unit": "U009", "target": target, "version": plan.version}
    assert officer.post(f"{one(plan)}/move", **sent).json()["history"][0]["note"]
    plan.refresh_from_db()
    assert leaf_of(plan, "U009") == {target}
    assert officer.post(f"{one(plan)}/move", **sent).status_code == 422
    for wrong in ({"target": "1"}, {"target": "9" * 18}, {"unit": "nowhere"}):
        answer = officer.post(f"{one(plan)}/move", **sent | {"version": plan.version} | wrong)
        assert answer.status_code in {404, 422}, answer.content
    assert officer.get(f"{one(plan)}/building?unit=nowhere").status_code == 404


def test_wishes_and_names_are_kept_and_forgotten(plan: Plan, street: Area) -> None:
    officer, code = program("street_officer", street), leaf_of(plan, "U001").pop()
    locked = officer.post(f"{one(plan)}/lock", code=code, locked=True)
    assert [wish["kind"] for wish in locked.json()["wishes"]] == ["locked"]
    officer.post(f"{one(plan)}/pair", wish="together", unit="U001", other="U002")
    named = officer.post(f"{one(plan)}/name", code=code, name="玉兰一组")
    assert named.status_code == 200, named.content
    key = next(wish["key"] for wish in named.json()["wishes"] if wish["kind"] == "together")
    assert len(officer.post(f"{one(plan)}/forget", wish=key).json()["wishes"]) == 1
    assert officer.post(f"{one(plan)}/forget", wish=key).status_code == 422
    assert officer.post(f"{one(plan)}/line", points=[[104.0, 30.0]]).status_code == 422
    assert officer.post(f"{one(plan)}/line", points=[[504.0, 30.0], [104, 30]]).status_code == 422
    assert officer.post(f"{one(plan)}/forget").json()["wishes"] == []
    assert officer.post(f"{one(plan)}/again").json()["state"] == "waiting"
    plan.refresh_from_db()
    assert wishes_of(plan.wishes) == wishes_of({}) and plan.state == Plan.State.WAITING
    assert officer.post(f"{one(plan)}/lock", code=code, locked=True).status_code == 422


def test_nobody_else_changes_it(plan: Plan, street: Area) -> None:
    code, before = leaf_of(plan, "U001").pop(), plan.version
    for other in (
        program("community_chief", Area.objects.get(code=TWO)),
        program("street_officer", street, "plan.see"),
        program("micro_worker", street),
    ):
        for path in ("buildings?q=x", "building?unit=U009", f"check?unit=U009&target={code}"):
            assert other.get(f"{one(plan)}/{path}").status_code in {403, 404}
        for door, given in (
            ("move", {"unit": "U009", "target": code, "version": before}),
            ("lock", {"code": code, "locked": True}),
            ("name", {"code": code, "name": "别名"}),
            ("pair", {"wish": "apart", "unit": "U001", "other": "U002"}),
            ("line", {"points": [[104.0, 30.0], [104.1, 30.0]]}),
            ("forget", {}),
            ("again", {}),
        ):
            assert other.post(f"{one(plan)}/{door}", **given).status_code in {403, 404}
    plan.refresh_from_db()
    assert plan.version == before
