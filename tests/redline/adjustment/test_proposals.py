"""What is proposed for the line, who may read it, and the forms to which it leads (R11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import QueryDict

from shige.redline.adjustment.queries import Proposal, adjustment
from shige.redline.coverage.places import Place
from shige.redline.models import Standing
from shige.redline.organisations.commands import found, retie
from shige.territory.models import GridVersion
from shige.trust.gate import Viewer
from shige.trust.queries import today

from ..conftest import LONG_AGO, Town, decided, serving

SINCE = LONG_AGO.on
ENDED = DateRange(SINCE, today() - timedelta(days=3))


@pytest.fixture
def tree(town: Town, officer: Viewer) -> dict[str, Standing]:
    """Everything is overseen but the south and its micro-grid; then the grid of one group ends."""
    GridVersion.objects.update(valid=DateRange(SINCE, None))
    made: dict[str, Standing] = {}
    for grid, kind, above in (
        ("whole", "street_cadres", None), ("north", "community_cadres", "whole"),
        ("n1", "resident_members", "north"), ("n2", "resident_members", "north"),
    ):  # fmt: skip
        parent = made[above].organisation_id if above else None
        made[grid] = found(officer, f"{grid}党组织", kind, town[grid].pk, parent, decision=LONG_AGO)
    GridVersion.objects.filter(area=town["n2"]).update(valid=ENDED)
    return made


@pytest.fixture
def here(town: Town) -> Place:
    return Place(town["street"], "street", "street")


def told(one: Proposal) -> tuple[str, str, str]:
    return one.act, one.grid_name, one.name


def test_an_organisation_without_a_grid_closes_a_gap_before_one_is_founded(
    town: Town, officer: Viewer, tree: dict[str, Standing], here: Place
) -> None:
    made = adjustment(officer, here)
    assert (made.gaps, made.stranded) == (2, 1)
    assert [told(one) for one in made.proposals] == [("found", "south", ""), ("retie", "s1", "n2党组织")]
    top = tree["whole"].organisation_id  # the north holds nothing of the south
    assert [one.above for one in made.proposals] == [top, top]


def test_the_nearest_gap_is_closed_first(
    town: Town, officer: Viewer, tree: dict[str, Standing], here: Place
) -> None:
    near = town.grid("n3", "micro", "north")
    ties = [one for one in adjustment(officer, here).proposals if one.act == "retie"]
    assert [(one.grid, one.above) for one in ties] == [(near.code, tree["north"].organisation_id)]


def test_what_has_lost_its_grid_merges_where_every_grid_has_one(
    town: Town, officer: Viewer, tree: dict[str, Standing], here: Place
) -> None:
    found(officer, "南片", "community_cadres", town["south"].pk, tree["whole"].organisation_id)
    found(officer, "南片一组", "resident_members", town["s1"].pk, tree["whole"].organisation_id)
    (one,) = adjustment(officer, here).proposals
    assert told(one) == ("merge", "n2", "n2党组织") and one.into_name == "n1党组织"


def test_a_proposal_leads_to_a_form_that_carries_it_out(
    town: Town, sign_in, officer: Viewer, tree: dict[str, Standing], here: Place
) -> None:
    client = sign_in("street_officer", town["street"])
    rows = client.get("/redline/adjustment/").context["rows"]
    for one, address in rows:
        page = client.get(address)
        assert page.status_code == 200, address
        offered = page.context.get("acts") or [{"asked": True, "form": page.context["form"]}]
        form = next(each["form"] for each in offered if each["asked"])
        given = {field.name: field.value() or "" for field in form}
        assert given["reason"] == "网格调整，党组织随之调整。"
        asked = QueryDict(address.partition("?")[2].partition("#")[0])
        posted = address.partition("?")[0] + (f"{asked['act']}/" if "act" in asked else "")
        answer = client.post(f"{posted}?from={asked['from']}", given)
        assert answer.status_code == 302, (one.act, given)
        assert answer.headers["Location"] == f"/redline/adjustment/?area={town['street'].code}"
    assert adjustment(officer, here).proposals == ()
    assert "没有需要调整的" in client.get("/redline/adjustment/").content.decode()


def test_whoever_lost_the_grid_and_finds_no_other_is_told_of_and_kept_without_one(
    town: Town, sign_in, officer: Viewer, here: Place
) -> None:
    only = found(officer, "公司党支部", "exclusive_members", town["tower"].pk, decision=LONG_AGO)
    GridVersion.objects.filter(area=town["tower"]).update(valid=DateRange(LONG_AGO.on, today()))
    found_one = next(one for one in adjustment(officer, here).proposals if one.act == "untie")
    assert (found_one.organisation, found_one.grid_name) == (only.organisation_id, "tower")
    client = sign_in("street_officer", town["street"])
    page = client.get("/redline/adjustment/").content.decode()
    assert "保留公司党支部" in page
    listed = client.get("/redline/grids/?state=loose").content.decode()
    assert "对应的网格已失效" in listed or "网格已失效" in listed
    retie(officer, only.organisation_id, None, None, decided())
    assert "untie" not in {one.act for one in adjustment(officer, here).proposals}


def test_a_grid_that_is_promised_one_is_left_out(
    town: Town, officer: Viewer, tree: dict[str, Standing], here: Place
) -> None:
    found(officer, "南片", "community_cadres", town["south"].pk, decision=decided(-9))
    assert "south" not in {one.grid_name for one in adjustment(officer, here).proposals}


def test_nothing_is_done_by_itself(town: Town, sign_in, tree: dict[str, Standing]) -> None:
    before = list(Standing.objects.order_by("pk").values())
    assert sign_in("street_officer", town["street"]).get("/redline/adjustment/").status_code == 200
    assert list(Standing.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("role", ["party_overseer", "micro_worker", "community_worker"])
def test_only_whoever_edits_the_line_reads_proposals(
    town: Town, sign_in, tree: dict[str, Standing], here: Place, role: str
) -> None:
    with pytest.raises(PermissionDenied):
        adjustment(serving(role, town["street"]), here)
    client = sign_in(role, town["street"])
    assert client.get("/redline/adjustment/").status_code == 403
    assert client.get("/api/v1/redline/adjustment").status_code == 403


def test_a_secretary_reads_those_of_the_own_community(town: Town, sign_in, tree: dict[str, Standing]) -> None:
    client = sign_in("community_secretary", town["yulan"])
    assert len(client.get("/api/v1/redline/adjustment").json()["proposals"]) == 2
    town.add("yinxing", "community", "510199001002", "street")
    assert client.get("/redline/adjustment/?area=510199001002").status_code == 404
    assert client.get("/api/v1/redline/adjustment?area=510199001002").status_code == 404


def test_a_district_chooses_a_street(town: Town, sign_in, tree: dict[str, Standing]) -> None:
    client = sign_in("district_centre", town["district"])
    assert town["street"].code in client.get("/redline/adjustment/").content.decode()
    assert client.get("/api/v1/redline/adjustment").status_code == 422
