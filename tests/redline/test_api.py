"""The one red line by a program: who reads it, who edits it, by the rules of the pages."""

from shige.redline.commands import add_organisation
from shige.redline.models import Organisation
from shige.territory.models import Area
from shige.trust.commands import issue_token
from shige.trust.gate import SYSTEM
from shige.trust.models import Post
from shige.trust.veil import veiled
from tests.matters.program import Program

from .conftest import Town, appoint, overseer_post


def program(role: str, area: Area, *actions: str) -> Program:
    """Return the program of somebody who serves an area."""
    post = Post.objects.create(role=role, area=area, name=f"{role} of {area.name}")
    wanted = list(actions) or ["redline.see", "redline.edit"]
    return Program(issue_token(SYSTEM, appoint(post, f"{role}-{area.name}"), "line", wanted, 1)[1])


def key(pk: int) -> str:
    """Return a key as programs have it."""
    return veiled("key", str(pk))


def test_the_line_of_a_street_is_read_with_its_gaps(town: Town) -> None:
    body = add_organisation(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    overseer = program("party_overseer", town["street"], "redline.see")
    street = {"code": town["street"].code, "name": "street"}
    assert overseer.get("/redline/streets").json() == [street]
    found = overseer.get(f"/redline/streets/{town['street'].code}").json()
    assert found["street"] == street and town["n2"].code in found["gaps"]
    assert town["n1"].code not in found["gaps"] and found["without_overseer"] == [key(body.pk)]
    micro = next(row for row in found["coverage"] if row["level"] == "micro")
    assert (micro["covered"], micro["total"]) == (1, 3)
    whole = next(grid for grid in found["grids"] if grid["code"] == town["whole"].code)
    north = next(grid for grid in whole["grids"] if grid["code"] == town["north"].code)
    assert [body["name"] for grid in north["grids"] for body in grid["organisations"]] == ["党小组"]


def test_an_organisation_is_added_led_moved_and_closed(town: Town) -> None:
    top = add_organisation(SYSTEM, "党委", "street_cadres", town["whole"].pk)
    post = overseer_post(town["north"])
    officer = program("street_officer", town["street"])
    door = f"/redline/grids/{town['n1'].code}/organisations"
    asked = {field["name"]: field for field in officer.get(f"{door}/new").json()}
    assert [one["value"] for one in asked["parent"]["choices"]] == [key(top.pk)]
    assert [one["value"] for one in asked["overseer"]["choices"]] == [key(post.pk)]
    added = officer.post(door, name="党小组", kind="resident_members")
    assert added.status_code == 201, added.content
    one = f"/redline/organisations/{added.json()['id']}"
    assert officer.post(f"{one}/overseer", overseer=key(post.pk)).json()["overseer"] == key(post.pk)
    assert officer.post(f"{one}/move", parent=key(top.pk)).json()["parent"] == key(top.pk)
    assert officer.get(one).json()["parent"] == key(top.pk)
    assert officer.post(f"{one}/overseer", overseer=None).json()["overseer"] is None
    assert officer.post(f"{one}/close").status_code == 204
    assert officer.get(one).status_code == 404
    assert Organisation.objects.get(name="党小组").closed_at is not None


def test_what_does_not_fit_names_its_field(town: Town) -> None:
    body = add_organisation(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    beside = overseer_post(town["s1"])
    officer = program("street_officer", town["street"])
    door = f"/redline/grids/{town['n1'].code}/organisations"
    for given, field in (
        ({"name": " ", "kind": "resident_members"}, "name"),
        ({"name": "党", "kind": "x"}, "kind"),
        ({"name": "党", "kind": "resident_members", "parent": str(body.pk)}, "parent"),
        ({"name": "党", "kind": "resident_members"}, "area"),
        ({"name": "党", "kind": "resident_members", "more": "x"}, "given.more"),
    ):
        refused = officer.post(door, **given)
        assert refused.status_code == 422
        assert [fault["field"] for fault in refused.json()["errors"]] == [field], refused.json()
    refused = officer.post(f"/redline/organisations/{key(body.pk)}/overseer", overseer=key(beside.pk))
    assert refused.status_code == 422 and str(beside.pk) not in refused.json()["errors"][0]["message"]
    body.refresh_from_db()
    assert body.overseer is None


def test_nobody_else_reads_or_edits_it(town: Town) -> None:
    body = add_organisation(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    other = town.add("elsewhere", "street", "510199002000", "district")
    new = {"name": "党支部", "kind": "grid_cadres"}
    doors = (
        (f"/redline/grids/{town['n2'].code}/organisations", new),
        (f"/redline/organisations/{key(body.pk)}/overseer", {"overseer": None}),
        (f"/redline/organisations/{key(body.pk)}/move", {"parent": None}),
        (f"/redline/organisations/{key(body.pk)}/close", {}),
    )
    for one in (
        program("party_overseer", town["street"]),
        program("community_chief", town["yulan"]),
        program("street_officer", other),
        program("street_officer", town["street"], "redline.see"),
    ):
        assert [one.post(door, **given).status_code for door, given in doors] == [403] * 4
        assert one.get(f"/redline/organisations/{key(body.pk)}").status_code == 403
    assert program("micro_worker", town["n1"]).get("/redline/streets").status_code == 403
    assert (
        program("micro_worker", town["n2"]).get(f"/redline/streets/{town['street'].code}").status_code == 403
    )
    stranger = program("service_centre", other)
    assert stranger.get(f"/redline/streets/{town['street'].code}").status_code == 404
    body.refresh_from_db()
    assert body.closed_at is None and Organisation.objects.count() == 1
