"""Every number of the coverage, and the list that it opens; on any day, for whoever may see (R9, P1)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from shige.redline.coverage.counts import Line, counts, coverage, first_day, firsts, list_query, months
from shige.redline.coverage.findings import FINDINGS, LOOSE, paired_levels
from shige.redline.coverage.listing import Wanted, found_count, found_rows, organisations_in
from shige.redline.coverage.places import Place, place_of, places
from shige.redline.line.queries import line_of_street, walk
from shige.redline.organisations.commands import found, retie, set_overseer
from shige.territory.models import GridVersion
from shige.trust.gate import PUBLIC, SYSTEM, Viewer
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment
from shige.trust.queries import today

from ..conftest import LONG_AGO, Town, appoint, decided, overseer_post, serving

TOMORROW = today() + timedelta(days=1)


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def here(town: Town) -> Place:
    return Place(town["street"], "street", "street")


@pytest.fixture
def tied(town: Town, officer: Viewer) -> None:
    """Community and one general grid have an organisation, with overseers of whom one's post is vacant."""
    for name in ("whole", "north", "south", "n1", "n2", "s1", "tower"):
        GridVersion.objects.filter(area=town[name]).update(valid=DateRange(date(2020, 1, 1), None))
    top = found(officer, "玉兰社区党委", "street_cadres", town["whole"].pk, decision=LONG_AGO)
    branch = found(
        officer, "北片党支部", "community_cadres", town["north"].pk, top.organisation_id, decision=LONG_AGO
    )
    held, vacant = overseer_post(town["whole"], "held"), overseer_post(town["north"], "vacant")
    appoint(held, "林建国")
    set_overseer(officer, top.organisation_id, held.pk)
    set_overseer(officer, branch.organisation_id, vacant.pk)
    found(
        officer, "一号党小组", "resident_members", town["n1"].pk, branch.organisation_id, decision=decided(9)
    )
    found(officer, "公司党支部", "exclusive_members", town["yulan"].pk, decision=LONG_AGO)


def test_gaps_are_those_of_the_line(town: Town, officer: Viewer, here: Place, tied: None) -> None:
    """What the statements count is what the line says, grid by grid."""
    line = line_of_street(officer, town["street"].pk)
    nodes = [node for top in line.grids for node in walk(top)]
    for state, holds in (
        ("gap", lambda node: node.gap),
        ("covered", lambda node: node.covered),
        ("stood_in", lambda node: node.stand_in is not None),
    ):
        rows = found_rows(officer, Wanted(here, today(), state=state))
        assert {row.code for row in rows} == {node.code for node in nodes if holds(node)}, state
    assert {
        row.name: row.stand_in for row in found_rows(officer, Wanted(here, today(), state="stood_in"))
    } == {"tower": "玉兰社区党委"}


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("gap", {"south", "n2", "s1"}),
        ("no_overseer", {"n1"}),
        ("vacant", {"north"}),
        ("planned", set()),
        ("over", set()),
        ("covered", {"whole", "north", "n1", "tower"}),
        ("limited", {"north", "south"}),
    ],
)
def test_a_finding_leaves_its_grids(
    officer: Viewer, here: Place, tied: None, state: str, names: set[str]
) -> None:
    wanted = Wanted(here, today(), state=state)
    rows = found_rows(officer, wanted)
    assert {row.name for row in rows} == names
    assert found_count(officer, wanted) == len(names)
    for row in rows:
        told = set(row.waits) & set(FINDINGS)
        assert state in told or state in {"covered", "limited", "over"}


def test_every_count_is_the_length_of_its_list(officer: Viewer, here: Place, tied: None) -> None:
    for day in (today(), today() - timedelta(days=20), date(2019, 1, 1)):
        made = counts(officer, here, day, FINDINGS)
        for level in ("", *paired_levels()):
            for state in ("", *FINDINGS):
                rows = found_rows(officer, Wanted(here, day, level, state))
                assert made.of(state, level) == len(rows), (day, level, state)


def test_an_earlier_day_shows_what_was_then(officer: Viewer, here: Place, tied: None) -> None:
    told = coverage(officer, here, today() - timedelta(days=20), today())
    by_label = {line.label: (line.before.part, line.before.of, line.now.part) for line in told.lines}
    assert by_label["微网格：无党组织"] == (3, 3, 2)
    line = next(line for line in told.lines if line.label == "微网格：无党组织")
    assert (line.before.percent, line.now.percent, line.change) == (100.0, 66.67, -33.33)


def test_general_grids_over_the_limit_of_the_profile(
    officer: Viewer, here: Place, tied: None, town: Town
) -> None:
    GridVersion.objects.filter(area=town["north"]).update(households=501)
    GridVersion.objects.filter(area=town["n1"]).update(households=501)

    def over() -> Line:
        lines = coverage(officer, here, today(), today()).lines
        return next(line for line in lines if "超过" in line.label)

    line = over()
    assert line.label == "一般网格：超过 500 户"
    assert (line.now.part, line.now.of) == (1, 2)
    town["south"].rural = True
    town["south"].save()
    assert over().now.of == 1


def test_what_is_covered_is_what_is_no_gap_and_more_of_it_is_better(
    officer: Viewer, here: Place, tied: None
) -> None:
    told = coverage(officer, here, LONG_AGO.on, today())
    by_label = {line.label: line for line in told.lines}
    covered, gap = by_label["微网格：已覆盖"], by_label["微网格：无党组织"]
    assert (covered.now.part, gap.now.part, covered.now.of) == (1, 2, 3)
    assert (covered.change, covered.better) == (33.33, True) and (gap.change, gap.better) == (-33.33, True)
    assert found_count(officer, Wanted(here, today(), "micro", "covered")) == covered.now.part


def test_a_change_of_a_later_day_is_planned(town: Town, officer: Viewer, here: Place, tied: None) -> None:
    (row,) = found_rows(officer, Wanted(here, today(), state="no_overseer"))
    retie(officer, row.bodies[0].id, town["n2"].pk, row.bodies[0].parent, decided(-5))
    rows = found_rows(officer, Wanted(here, today(), state="planned"))
    assert {row.name for row in rows} == {"n1", "n2"}
    assert {
        node.name
        for top in line_of_street(officer, town["street"].pk).grids
        for node in walk(top)
        if node.planned
    } == {"n1", "n2"}
    assert found_count(officer, Wanted(here, today() + timedelta(days=9), state="planned")) == 0


def test_organisations_without_a_grid(town: Town, officer: Viewer, here: Place, tied: None) -> None:
    assert [row.bodies[0].name for row in found_rows(officer, Wanted(here, today(), state=LOOSE))] == [
        "公司党支部"
    ]
    GridVersion.objects.filter(area=town["n1"]).update(valid=DateRange(date(2020, 1, 1), today()))
    rows = found_rows(officer, Wanted(here, today(), state=LOOSE))
    assert [(row.bodies[0].name, row.waits) for row in rows] == [
        ("公司党支部", ()),
        ("一号党小组", ("stranded",)),
    ]
    assert coverage(officer, here, today(), today()).lines[-1].now.part == 2


def test_a_vacancy_is_that_of_the_day(town: Town, officer: Viewer, here: Place, tied: None) -> None:
    yesterday = DateRange(today() - timedelta(days=60), today() - timedelta(days=40))
    Appointment.objects.update(valid=yesterday)
    assert found_count(officer, Wanted(here, today(), state="vacant")) == 2
    rows = found_rows(officer, Wanted(here, today() - timedelta(days=50), state="vacant"))
    assert {row.name for row in rows} == set()  # overseers were named today


@pytest.mark.parametrize(
    ("text", "names"),
    [("北片", {"north"}), ("n", {"north", "n1", "n2"}), ("5101990010012", {"n1", "n2", "s1"})],
)
def test_a_list_is_found_by_organisation_grid_or_code(
    officer: Viewer, here: Place, tied: None, text: str, names: set[str]
) -> None:
    assert {row.name for row in found_rows(officer, Wanted(here, today(), text=text))} == names


def test_a_list_follows_its_order_and_its_pages(town: Town, officer: Viewer, here: Place, tied: None) -> None:
    GridVersion.objects.filter(area=town["s1"]).update(households=99)
    assert found_rows(officer, Wanted(here, today(), sort="-households"))[0].name == "s1"
    every = [row.code for row in found_rows(officer, Wanted(here, today()))]
    assert [row.code for row in found_rows(officer, Wanted(here, today()), 2, 3)] == every[2:5]


def test_a_table_of_organisations_follows_the_filter(
    town: Town, officer: Viewer, here: Place, tied: None
) -> None:
    def names(**wanted: str) -> set[str]:
        return {row.name for row in organisations_in(officer, Wanted(here, today(), **wanted))}

    assert names() == {"玉兰社区党委", "北片党支部", "一号党小组", "公司党支部"}
    assert names(level="micro") == {"一号党小组"}
    assert names(state="gap") == set()
    assert names(state=LOOSE) == {"公司党支部"}
    assert names(text="北片") == {"北片党支部"}
    assert names(text=town["n1"].code) == {"一号党小组"}
    assert names(text="一号 党小组") == {"一号党小组"}
    wide = "".join(chr(ord(one) + 0xFEE0) for one in town["n1"].code)
    assert names(text=wide) == {"一号党小组"}


@pytest.mark.parametrize(
    ("role", "area", "grids"),
    [
        ("street_officer", "street", 7),
        ("community_chief", "yulan", 7),
        ("party_overseer", "north", 3),
        ("party_overseer", "tower", 1),
        ("district_centre", "district", 7),
    ],
)
def test_everybody_counts_the_own_area(town: Town, tied: None, role: str, area: str, grids: int) -> None:
    viewer = serving(role, town[area])
    place = place_of(viewer)
    assert place is not None
    assert counts(viewer, place, today(), ()).of("") == grids
    assert found_count(viewer, Wanted(place, today())) == grids


def test_places_of_others_are_not_told_of(town: Town, officer: Viewer) -> None:
    elsewhere = town.add("elsewhere", "street", "510199002000", "district")
    assert place_of(officer, elsewhere.code) is None
    assert place_of(officer, town["district"].code) is None
    assert place_of(serving("party_overseer", town["north"]), town["street"].code) is None
    assert {area.name for area in places(officer)} == {"street", "yulan"}
    assert place_of(SYSTEM) == Place(None, profile().name.in_language("zh"), "city")


@pytest.mark.parametrize(
    "ask",
    [
        lambda viewer: place_of(viewer),
        lambda viewer: found_rows(viewer, Wanted(Place(None, "", "city"), today())),
    ],
)
def test_others_see_no_coverage(town: Town, ask: Callable[[Viewer], object]) -> None:
    for viewer in (
        PUBLIC,
        serving("micro_worker", town["street"]),
        serving("property_company", town["street"]),
    ):
        with pytest.raises(PermissionDenied):
            ask(viewer)


def test_months_begin_on_their_first_day(officer: Viewer, here: Place, tied: None) -> None:
    assert firsts(date(2026, 2, 17))[0] == date(2025, 3, 1)
    assert firsts(date(2026, 12, 1))[-2:] == [date(2026, 11, 1), date(2026, 12, 1)]
    told = months(officer, here, today())
    assert len(told) == 12 and told[-1][0] == today().replace(day=1)


def test_the_first_day_is_the_first_that_is_known(officer: Viewer, here: Place, tied: None) -> None:
    assert first_day(officer, here) == date(2020, 1, 1)


def test_an_address_names_the_day_where_it_is_not_today() -> None:
    assert list_query("510199001000", today(), "micro", "gap") == "area=510199001000&level=micro&state=gap"
    assert list_query("", TOMORROW) == f"day={TOMORROW}"
