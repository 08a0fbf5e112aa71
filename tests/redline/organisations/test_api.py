"""The one red line by a program: who reads it, who edits it, by the rules of the pages."""

from datetime import timedelta
from typing import Any

from shige.redline.models import Standing
from shige.redline.organisations.commands import found
from shige.territory.models import Area
from shige.trust.commands import issue_token
from shige.trust.gate import SYSTEM
from shige.trust.models import Post
from shige.trust.queries import today
from shige.trust.veil import veiled
from tests.matters.program import Program

from ..conftest import LONG_AGO, Town, appoint, overseer_post


def program(role: str, area: Area, *actions: str) -> Program:
    """Return the program of somebody who serves an area."""
    post = Post.objects.create(role=role, area=area, name=f"{role} of {area.name}")
    wanted = list(actions) or ["redline.see", "redline.edit", "redline.oversee"]
    return Program(issue_token(SYSTEM, appoint(post, f"{role}-{area.name}"), "line", wanted, 1)[1])


def key(pk: int) -> str:
    """Return a key as programs have it."""
    return veiled("key", str(pk))


DECIDED = {"on": str(today() - timedelta(days=1)), "reason": "换届"}
ENDED = DECIDED | {"on": str(today())}


def test_the_line_of_a_street_is_read_with_its_gaps(town: Town) -> None:
    body = found(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    overseer = program("party_overseer", town["street"], "redline.see")
    street = {"code": town["street"].code, "name": "street"}
    assert overseer.get("/redline/streets").json() == [street]
    line = overseer.get(f"/redline/streets/{town['street'].code}").json()
    assert line["street"] == street and town["n2"].code in line["gaps"]
    assert town["n1"].code not in line["gaps"] and line["without_overseer"] == [key(body.organisation_id)]
    micro = next(row for row in line["coverage"] if row["level"] == "micro")
    assert (micro["covered"], micro["total"]) == (1, 3)
    whole = next(grid for grid in line["grids"] if grid["code"] == town["whole"].code)
    north = next(grid for grid in whole["grids"] if grid["code"] == town["north"].code)
    assert [body["name"] for grid in north["grids"] for body in grid["organisations"]] == ["党小组"]


def test_an_organisation_lives_by_the_acts_of_its_page(town: Town) -> None:
    top = found(SYSTEM, "党委", "street_cadres", town["whole"].pk, decision=LONG_AGO)
    post = overseer_post(town["north"])
    officer = program("street_officer", town["street"])
    door = f"/redline/grids/{town['n1'].code}/organisations"
    asked = {field["name"]: field for field in officer.get(f"{door}/new").json()}
    assert [one["value"] for one in asked["above"]["choices"]] == [key(top.organisation_id)]
    assert [one["value"] for one in asked["overseer"]["choices"]] == [key(post.pk)]
    added = officer.post(door, name="党小组", kind="resident_members", **DECIDED)
    assert added.status_code == 201, added.content
    one = f"/redline/organisations/{added.json()['id']}"

    def act(code: str, **given: object) -> dict[str, Any]:
        answer = officer.post(f"{one}/acts/{code}", **(DECIDED | given))
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        return told

    assert act("oversee", overseer=key(post.pk))["overseer"] == key(post.pk)
    assert act("oversee")["overseer"] is None
    assert act("rename", name="一号党小组")["name"] == "一号党小组"
    moved = act("retie", grid=town["n2"].code, above=key(top.organisation_id))
    assert (moved["grid"], moved["parent"]) == (town["n2"].code, key(top.organisation_id))
    (split,) = [one for one in officer.get(one).json()["acts"] if one["act"] == "split"]
    assert town["n1"].code in {choice["value"] for choice in split["fields"][1]["choices"]}
    act("split", name="二号党小组", grid=town["n1"].code, below=[])
    second = Standing.objects.get(name="二号党小组").organisation_id
    assert act("merge", into=key(second), on=ENDED["on"])["ended"] == ENDED["on"]
    one = f"/redline/organisations/{key(second)}"
    act("retie")
    closed = act("close", on=ENDED["on"])
    assert closed["ended"] == ENDED["on"] and [one["act"] for one in closed["acts"]] == ["restore"]
    assert next(change["kind"] for change in closed["history"]) == "closed"
    assert officer.post(f"{one}/acts/close", **DECIDED).status_code == 404


def test_what_does_not_fit_names_its_field(town: Town) -> None:
    body = found(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    beside = overseer_post(town["s1"])
    officer = program("street_officer", town["street"])
    door = f"/redline/grids/{town['n1'].code}/organisations"
    for given, field in (
        ({"name": " ", "kind": "resident_members"}, "name"),
        ({"name": "党", "kind": "x"}, "kind"),
        ({"name": "党", "kind": "resident_members", "above": str(body.organisation_id)}, "above"),
        ({"name": "党", "kind": "resident_members"}, "grid"),
        ({"name": "党", "kind": "resident_members", "into": "x"}, "into"),
        ({"name": "党", "kind": "resident_members", "more": "x"}, "given.more"),
    ):
        refused = officer.post(door, **given, **DECIDED)
        assert refused.status_code == 422
        assert [fault["field"] for fault in refused.json()["errors"]] == [field], refused.json()
    one = f"/redline/organisations/{key(body.organisation_id)}/acts"
    refused = officer.post(f"{one}/oversee", overseer=key(beside.pk), **DECIDED)
    assert refused.status_code == 422 and str(beside.pk) not in refused.json()["errors"][0]["message"]
    assert officer.post(f"{one}/close", **DECIDED).status_code == 422
    assert officer.post(f"{one}/explode", **DECIDED).status_code == 404
    body.refresh_from_db()
    assert body.overseer is None


def test_nobody_else_reads_or_edits_it(town: Town) -> None:
    body = found(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    other = town.add("elsewhere", "street", "510199002000", "district")
    one = f"/redline/organisations/{key(body.organisation_id)}"
    doors = (
        (f"/redline/grids/{town['n2'].code}/organisations", {"name": "党支部", "kind": "grid_cadres"}),
        (f"{one}/acts/oversee", {"overseer": None}),
        (f"{one}/acts/rename", {"name": "新"}),
        (f"{one}/acts/close", {}),
    )
    for caller in (
        program("party_overseer", town["street"]),
        program("community_chief", town["yulan"]),
        program("street_officer", other),
        program("street_officer", town["street"], "redline.see"),
    ):
        assert [caller.post(door, **given, **DECIDED).status_code for door, given in doors] == [403] * 4
        assert caller.get(one).status_code == 403
    secretary = program(
        "community_secretary", town["yulan"], "redline.see", "redline.edit", "redline.oversee"
    )
    assert {act["act"] for act in secretary.get(one).json()["acts"]} == {
        "withdraw", "rename", "retie", "merge", "split", "close",
    }  # fmt: skip
    assert secretary.post(f"{one}/acts/oversee", overseer=None, **DECIDED).status_code == 404
    assert program("micro_worker", town["n1"]).get("/redline/streets").status_code == 403
    assert (
        program("micro_worker", town["n2"]).get(f"/redline/streets/{town['street'].code}").status_code == 403
    )
    stranger = program("service_centre", other)
    assert stranger.get(f"/redline/streets/{town['street'].code}").status_code == 404
    assert Standing.objects.living().count() == 1
