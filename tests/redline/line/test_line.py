"""The line as it is read: coverage, gaps, stand-ins, and what each viewer sees of it (R9, R10)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from shige.profile import Profile
from shige.redline import rules
from shige.redline.line import queries
from shige.redline.line.line import Coverage, Line
from shige.redline.line.queries import line_of_street, streets, walk
from shige.redline.organisations.commands import found, set_overseer
from shige.territory.models import GridVersion
from shige.trust.gate import PUBLIC, SYSTEM, Viewer
from shige.trust.jurisdiction import profile
from shige.trust.queries import today

from ..conftest import Town, appoint, overseer_post, serving


def codes(line: Line) -> set[str]:
    return {node.name for top in line.grids for node in walk(top)}


def coverage(line: Line) -> dict[str, Coverage]:
    return {row.level: row for row in line.coverage}


@pytest.fixture
def tied(town: Town, officer: Viewer) -> None:
    """The community, one of two general grids and one of three micro-grids are overseen."""
    top = found(officer, "党委", "street_cadres", town["whole"].pk)
    branch = found(officer, "党支部", "community_cadres", town["north"].pk, top.organisation_id)
    found(officer, "党小组", "resident_members", town["n1"].pk, branch.organisation_id)


def test_grids_hang_below_the_grid_that_holds_them(town: Town, officer: Viewer) -> None:
    (whole,) = line_of_street(officer, town["street"].pk).grids
    assert whole.name == "whole"
    assert [grid.name for grid in whole.grids] == ["north", "south", "tower"]
    assert [grid.name for grid in whole.grids[0].grids] == ["n1", "n2"]


@pytest.mark.usefixtures("tied")
def test_coverage_counts_grids_of_each_level_of_the_pairs(town: Town, officer: Viewer) -> None:
    line = line_of_street(officer, town["street"].pk)
    assert line.coverage == (
        Coverage("community", 1, 1, 0),
        Coverage("general", 1, 2, 0),
        Coverage("micro", 1, 3, 0),
        Coverage("exclusive", 1, 1, 1),
    )
    assert [gap.name for gap in line.gaps] == ["n2", "south", "s1"]


@pytest.mark.usefixtures("tied")
def test_an_exclusive_grid_is_overseen_by_its_members_else_by_the_community_organisation(
    town: Town, officer: Viewer
) -> None:
    def tower() -> tuple[list[str], str | None]:
        (whole,) = line_of_street(officer, town["street"].pk).grids
        grid = next(grid for grid in whole.grids if grid.name == "tower")
        return [body.name for body in grid.organisations], grid.stand_in and grid.stand_in.name

    assert tower() == ([], "党委")
    found(officer, "双塔联合党支部", "exclusive_members", town["tower"].pk)
    assert tower() == (["双塔联合党支部"], None)


def test_an_exclusive_grid_without_either_is_a_gap(town: Town, officer: Viewer) -> None:
    assert "tower" in {gap.name for gap in line_of_street(officer, town["street"].pk).gaps}


@pytest.mark.usefixtures("tied")
def test_organisations_without_an_overseer_and_vacant_posts_are_named(town: Town, officer: Viewer) -> None:
    first = line_of_street(officer, town["street"].pk)
    assert {body.name for body in first.without_overseer} == {"党委", "党支部", "党小组"}
    held, vacant = overseer_post(town["whole"]), overseer_post(town["north"])
    appoint(held, "林建国")
    by_name = {body.name: body.id for body in first.without_overseer}
    set_overseer(officer, by_name["党委"], held.pk)
    set_overseer(officer, by_name["党支部"], vacant.pk)
    line = line_of_street(officer, town["street"].pk)
    assert [body.name for body in line.without_overseer] == ["党小组"]
    assert [body.name for body in line.vacant] == ["党支部"]
    overseer = line.grids[0].organisations[0].overseer
    assert overseer is not None
    assert overseer.holder == "林建国"


@pytest.mark.usefixtures("tied")
def test_a_grid_no_longer_in_force_leaves_its_organisation_stranded(town: Town, officer: Viewer) -> None:
    past = DateRange(today() - timedelta(days=9), today())
    GridVersion.objects.filter(area=town["n1"]).update(valid=past)
    line = line_of_street(officer, town["street"].pk)
    assert "n1" not in codes(line)
    assert [body.name for body in line.stranded] == ["党小组"]
    assert coverage(line)["micro"] == Coverage("micro", 0, 2, 0)


@pytest.mark.parametrize(
    ("role", "area", "seen"),
    [
        ("community_chief", "yulan", {"whole", "north", "south", "n1", "n2", "s1", "tower"}),
        ("party_overseer", "north", {"north", "n1", "n2"}),
        ("party_overseer", "n2", {"n2"}),
        ("party_overseer", "tower", {"tower"}),
    ],
)
def test_a_viewer_sees_the_line_of_the_own_area(town: Town, role: str, area: str, seen: set[str]) -> None:
    viewer = serving(role, town[area])
    assert codes(line_of_street(viewer, town["street"].pk)) == seen
    assert [street.name for street in streets(viewer)] == ["street"]


@pytest.mark.parametrize("viewer", [PUBLIC, "micro_worker", "property_company"])
def test_others_see_no_line(town: Town, viewer: Viewer | str) -> None:
    with pytest.raises(PermissionDenied):
        line_of_street(
            serving(viewer, town["street"]) if isinstance(viewer, str) else viewer, town["street"].pk
        )


def test_a_district_chooses_among_its_streets(town: Town) -> None:
    town.add("elsewhere", "street", "510199002000", "district")
    assert [place.name for place in streets(serving("district_centre", town["district"]))] == [
        "elsewhere",
        "street",
    ]
    assert len(streets(SYSTEM)) == 2


@pytest.mark.usefixtures("tied")
def test_a_profile_without_pairs_expects_no_organisations(
    town: Town, officer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare: Profile = profile().model_copy(update={"redline": ()})
    monkeypatch.setattr(queries, "profile", lambda: bare)
    monkeypatch.setattr(rules, "profile", lambda: bare)
    line = line_of_street(officer, town["street"].pk)
    assert (line.coverage, line.gaps) == ((), ())


@pytest.mark.usefixtures("tied")
@pytest.mark.parametrize("more", [0, 8])
def test_the_line_takes_four_statements_however_long_it_is(
    town: Town, officer: Viewer, more: int, django_assert_num_queries
) -> None:
    post = overseer_post(town["street"])
    for number in range(more):
        grid = town.grid(f"more{number}", "micro", "south")
        body = found(officer, f"党小组{number}", "resident_members", grid.pk, None, post.pk)
        assert body.overseer == post
    top = line_of_street(officer, town["street"].pk).grids[0].organisations[0]
    set_overseer(officer, top.id, post.pk)
    with django_assert_num_queries(4):
        line_of_street(officer, town["street"].pk)


def test_the_line_of_an_earlier_day_has_the_names_of_that_day(town: Town, officer: Viewer) -> None:
    version = GridVersion.objects.get(area=town["n1"])
    GridVersion.objects.filter(pk=version.pk).update(
        name="旧名", valid=DateRange(today() - timedelta(days=9), today())
    )
    version.pk, version._state.adding, version.valid = None, True, DateRange(today(), None)
    version.save()
    yesterday = line_of_street(officer, town["street"].pk, today() - timedelta(days=1))
    assert "旧名" in codes(yesterday) and "n1" not in codes(yesterday)
    assert "n1" in codes(line_of_street(officer, town["street"].pk))
