"""The database's figures against a plain count of the same matters (R28), and who sees which (P3, P8)."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from shige.insight.closed_months import told_figures
from shige.insight.commands import advance
from shige.insight.measures import NAMES, Share
from shige.insight.models import CaseFact
from shige.insight.periods import Closed, Period
from shige.insight.queries import By, Figures, complete_until, figures, trend
from shige.territory.models import Area
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile

from .conftest import DAY, NOW, SOLVED, Ground, serving, write, write_many

SINCE, UNTIL = NOW - 60 * DAY, NOW + DAY
OCTOBER = Closed("2026-10", Period(date(2026, 10, 1), date(2026, 10, 31)))
IN_OCTOBER = datetime(2026, 10, 7, 12, tzinfo=UTC)
SOLVED_IN_OCTOBER = SOLVED | {
    "reported_at": IN_OCTOBER,
    "responded_at": IN_OCTOBER + timedelta(hours=1),
    "solved_at": IN_OCTOBER + DAY,
    "closed_at": IN_OCTOBER + 2 * DAY,
}
Facts = dict[str, Any]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand at noon of the day of the tests."""
    monkeypatch.setattr("shige.insight.queries.complete_until", lambda: NOW)


@pytest.fixture
def all_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show small counts too, so that every number can be compared."""
    open_handed = profile().model_copy(update={"suppress_under": 1})
    monkeypatch.setattr("shige.insight.queries.profile", lambda: open_handed)


def random_facts(random: Random) -> Facts:
    """Return a matter in any state, with dates around now."""
    reported = NOW - timedelta(minutes=random.randrange(1, 60 * 24 * 60))
    respond_by, resolve_by = (
        reported + timedelta(hours=random.randrange(1, 60)),
        reported + timedelta(days=random.randrange(1, 30)),
    )
    responded = reported + timedelta(hours=random.randrange(1, 90)) if random.random() < 0.8 else None
    solved = (
        responded + timedelta(days=random.randrange(0, 40)) if responded and random.random() < 0.7 else None
    )
    state = random.choice(
        ["closed", "unconfirmed", "unattested", "to_confirm"] if solved else ["new", "in_hand", "waiting"]
    )
    closed = solved if solved and state != "to_confirm" else None
    stopped = reported + timedelta(days=random.randrange(0, 30)) if state == "waiting" else solved
    return {
        "category": random.choice(["01.1", "01.2", "05.1", "11"]),
        "reported_at": reported,
        "respond_by": respond_by,
        "resolve_by": resolve_by,
        "responded_at": responded,
        "solved_at": solved,
        "closed_at": closed,
        "stopped_at": stopped,
        "state": state,
        "rating": random.choice([None, 1, 2, 3, 4, 5]) if state == "closed" else None,
    }


def plain(cases: list[Facts]) -> dict[str, tuple[int, int]]:
    """Count as the definitions read, one matter after the other."""
    counts = {name: [0, 0] for name in NAMES}
    for case in cases:
        moment = min(NOW, case["stopped_at"] or NOW)
        still_open = case["closed_at"] is None
        unsolved = case["solved_at"] is None
        late = still_open and unsolved and case["resolve_by"] < moment
        tardy = not unsolved and case["solved_at"] > case["resolve_by"]
        said = {
            "open": (True, still_open),
            "late": (still_open, late),
            "response": (
                case["responded_at"] is not None or case["respond_by"] < moment,
                case["responded_at"] is not None and case["responded_at"] <= case["respond_by"],
            ),
            "resolution": (
                late or tardy or case["state"] in ("closed", "unattested"),
                case["state"] == "closed" and not tardy,
            ),
            "unconfirmable": (not still_open, case["state"] == "unattested"),
            "satisfaction": (
                case["rating"] is not None and case["state"] != "unconfirmed",
                (case["rating"] or 0) >= 4 and case["state"] != "unconfirmed",
            ),
        }
        for name, (of, part) in said.items():
            counts[name][1] += of
            counts[name][0] += part
    return {name: (part, of) for name, (part, of) in counts.items()}


def counted(found: Figures) -> dict[str, dict[str, tuple[int | None, int | None]]]:
    return {
        row.key: {name: (getattr(row.measures, name).part, getattr(row.measures, name).of) for name in NAMES}
        for row in found.rows
    }


def key_of(by: By, area: Area, case: Facts) -> str:
    """Return the key under which a case belongs in a breakdown."""
    if by == "month":
        return str(case["reported_at"].astimezone(NOW.tzinfo).astimezone(profile().zone).strftime("%Y-%m"))
    if by == "category":
        return str(case["category"][:2])
    held = {"community": area.community, "general": area.general or area, "leaf": area, "street": area.street}
    return held[by].code


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize("by", ["street", "community", "general", "leaf", "category", "month"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_those_of_a_plain_count(ground: Ground, by: By, seed: int) -> None:
    random = Random(seed)
    leaves = [area for area in ground.areas.values() if area.level in {"micro", "exclusive"}]
    cases: dict[str, list[Facts]] = defaultdict(list)
    for number in range(120):
        area = random.choice(leaves)
        facts = random_facts(random)
        write(number, area, **facts)
        cases[key_of(by, area, facts)].append(facts)
    sequence()
    advance()
    found = figures(SYSTEM, SINCE, UNTIL, by, ground["street"])
    assert counted(found) == {key: plain(some) for key, some in cases.items()}
    every = plain([case for some in cases.values() for case in some])
    assert {name: (getattr(found.total, name).part, getattr(found.total, name).of) for name in NAMES} == every
    assert found.received == 120


@pytest.mark.usefixtures("all_shown")
def test_a_matter_counts_in_the_period_in_which_it_was_reported(ground: Ground) -> None:
    for number, moment in enumerate(
        [SINCE - timedelta(seconds=1), SINCE, UNTIL - timedelta(seconds=1), UNTIL]
    ):
        write(number, ground["c1"], reported_at=moment)
    sequence()
    advance()
    assert figures(SYSTEM, SINCE, UNTIL, "month", None).received == 2


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize(
    ("category", "rows"),
    [("", {"01", "05", "11"}), ("01", {"01", "01.1", "01.2"}), ("01.2", {"01.2"}), ("0", set())],
)
def test_a_category_holds_those_below_it(ground: Ground, category: str, rows: set[str]) -> None:
    for number, code in enumerate(["01", "01.1", "01.2", "05.1", "11"]):
        write(number, ground["c1"], category=code)
    sequence()
    advance()
    assert {row.key for row in figures(SYSTEM, SINCE, UNTIL, "category", None, category).rows} == rows


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize(
    ("role", "area", "seen"),
    [
        ("street_officer", "street", 13),
        ("district_centre", "district", 13),
        ("community_chief", "c1", 5),
        ("fulltime_worker", "c1g1", 2),
        ("micro_worker", "c1g1m1", 1),
        ("exclusive_worker", "tower", 1),
    ],
)
def test_the_gate_leaves_the_own_grids(ground: Ground, role: str, area: str, seen: int) -> None:
    for name, place in ground.areas.items():
        if place.level in {"micro", "exclusive"}:
            write(name, place)
    sequence()
    advance()
    viewer = serving(role, ground[area])
    assert figures(viewer, SINCE, UNTIL, "leaf").received == seen
    assert figures(viewer, SINCE, UNTIL, "leaf", ground[area]).received == seen


@pytest.mark.parametrize("role", ["department", "property_company", "partner"])
def test_roles_without_figures_are_refused(ground: Ground, role: str) -> None:
    for viewer in (serving(role, ground["street"]), PUBLIC):
        with pytest.raises(PermissionDenied):
            figures(viewer, SINCE, UNTIL, "month")
        with pytest.raises(PermissionDenied):
            trend(viewer, UNTIL)


def test_another_area_is_refused(ground: Ground) -> None:
    with pytest.raises(PermissionDenied):
        figures(serving("community_chief", ground["c1"]), SINCE, UNTIL, "month", ground["c2"])
    with pytest.raises(PermissionDenied):
        trend(serving("community_chief", ground["c1"]), UNTIL, ground["street"])


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize(
    ("role", "area", "seen"),
    [("street_officer", "street", 3), ("community_chief", "c1", 2)],
)
def test_sealed_matters_count_for_nobody_below_the_street(
    ground: Ground, role: str, area: str, seen: int
) -> None:
    write("1", ground["c1"], sealed=1)
    write("2", ground["c1"])
    write("3", ground["c1"])
    sequence()
    advance()
    viewer = serving(role, ground[area])
    assert figures(viewer, SINCE, UNTIL, "community", ground["c1"]).received == seen
    assert sum(week.measures.open.of or 0 for week in trend(viewer, UNTIL, ground["c1"])) == seen


@pytest.mark.parametrize("role", ["party_overseer", "street_officer"])
def test_small_counts_are_hidden_with_the_next_smallest(ground: Ground, role: str) -> None:
    for area, count in (("c1", 2), ("c2", 6), ("c3", 9)):
        write_many(count, ground[area], area, **(SOLVED | {"reported_at": IN_OCTOBER}))
    advance()
    viewer = serving(role, ground["street"])
    found = told_figures(viewer, OCTOBER, "community", ground["street"])
    assert {row.key: row.measures.open.of for row in found.rows} == {
        ground["c3"].code: 9,
        "-": None,
    }
    assert found.total.response.of == 17


@pytest.mark.parametrize("area", ["street", "c2", None])
def test_whoever_sees_no_matters_is_told_no_days_of_their_choice(ground: Ground, area: str | None) -> None:
    viewer, place = serving("party_overseer", ground["street"]), ground[area] if area else None
    with pytest.raises(PermissionDenied):
        figures(viewer, SINCE, UNTIL, "community", place)
    with pytest.raises(PermissionDenied):
        trend(viewer, UNTIL, place)


def test_whoever_sees_the_matters_at_work_sees_their_number(ground: Ground) -> None:
    write_many(2, ground["c1"], "few", **SOLVED)
    advance()
    found = figures(serving("street_officer", ground["street"]), SINCE, UNTIL, "community")
    assert found.rows[0].measures.response == Share(2, 2)


def test_a_small_total_is_hidden_too(ground: Ground) -> None:
    write_many(4, ground["c1"], "few", reported_at=IN_OCTOBER)
    advance()
    found = told_figures(serving("party_overseer", ground["street"]), OCTOBER, "category")
    assert found.received is None
    assert found.total.satisfaction.hidden
    assert found.total.satisfaction.rate is None


def test_nothing_at_all_is_an_empty_table(ground: Ground) -> None:
    found = figures(serving("street_officer", ground["street"]), SINCE, UNTIL, "community")
    assert (found.rows, found.received) == ((), 0)


def test_the_median_is_that_of_like_areas_with_enough_matters(ground: Ground) -> None:
    rates = {}
    for area, good in (("c1", 6), ("c2", 4), ("c3", 1)):
        write_many(good, ground[area], f"{area}good", **SOLVED_IN_OCTOBER)
        write_many(8 - good, ground[area], f"{area}bad", reported_at=IN_OCTOBER)
        rates[area] = good / 8
    advance()
    for viewer, area in (
        (serving("street_officer", ground["street"]), "street"),
        (serving("community_chief", ground["c1"]), "c1"),
    ):
        found = figures(viewer, OCTOBER.period.since, OCTOBER.period.until, "community", ground[area])
        assert found.medians is not None
        assert found.medians.resolution == pytest.approx(median(rates.values()))
        assert found.medians.satisfaction is None


def test_of_days_of_ones_choice_nobody_is_told_the_middle_of_areas_they_do_not_see(ground: Ground) -> None:
    """P8: two medians of which one counts a day more would tell of that day elsewhere."""
    for area in ("c1", "c2", "c3"):
        write_many(8, ground[area], area, **SOLVED)
    advance()
    for back in range(3):
        until = UNTIL - back * DAY
        found = figures(serving("community_chief", ground["c1"]), SINCE, until, "community", ground["c1"])
        assert found.medians is None
        assert figures(serving("street_officer", ground["street"]), SINCE, until, "community").medians


def test_urban_areas_are_compared_with_urban_ones(ground: Ground) -> None:
    for area in ("c1", "c2", "c3"):
        write_many(8, ground[area], area, **SOLVED_IN_OCTOBER)
    advance()
    Area.objects.filter(pk=ground["c3"].pk).update(rural=True)
    since, until = OCTOBER.period.since, OCTOBER.period.until
    found = figures(serving("community_chief", ground["c1"]), since, until, "community", ground["c1"])
    assert found.medians is not None
    assert found.medians.response is None


@pytest.mark.usefixtures("all_shown")
def test_the_trend_sets_each_week_beside_the_one_a_year_before(ground: Ground) -> None:
    monday = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    write("this week", ground["c1"], reported_at=monday)
    write("week before", ground["c1"], reported_at=monday - 7 * DAY)
    write("another", ground["c1"], reported_at=monday - 7 * DAY)
    write("last year", ground["c1"], reported_at=monday - 364 * DAY)
    sequence()
    advance()
    weeks = trend(SYSTEM, UNTIL, ground["street"])
    assert len(weeks) == 13
    assert [(week.measures.open.of, week.last_year.open.of) for week in weeks[-3:]] == [
        (0, 0),
        (2, 0),
        (1, 1),
    ]
    assert weeks[-1].monday.isoformat() == "2026-11-23"


@pytest.mark.parametrize("more", [0, 40])
def test_figures_take_a_fixed_number_of_statements(
    ground: Ground, more: int, django_assert_num_queries
) -> None:
    for number in range(more):
        write(number, ground["c1g1m1" if number % 2 else "c2g2m2"])
    write("one", ground["c1g1m1"])
    sequence()
    advance()
    viewer = serving("street_officer", ground["street"])
    with django_assert_num_queries(3):
        figures(viewer, SINCE, UNTIL, "leaf", ground["street"])
    with django_assert_num_queries(1):
        figures(viewer, SINCE, UNTIL, "category", ground["street"])
    with django_assert_num_queries(1):
        trend(viewer, UNTIL, ground["street"])
    assert CaseFact.objects.count() == more + 1


def test_the_figures_are_complete_until_the_oldest_entry_that_was_not_read(ground: Ground) -> None:
    write("1", ground["c1"])
    sequence()
    advance()
    before = complete_until()
    write("2", ground["c1"])
    waiting = complete_until()
    sequence()
    assert complete_until() == waiting
    advance()
    assert before < waiting < complete_until()


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize(
    ("state", "share"),
    [
        ("to_confirm", Share(0, 0)),
        ("unconfirmed", Share(0, 0)),
        ("unattested", Share(0, 1)),
        ("closed", Share(1, 1)),
    ],
)
def test_solved_is_what_the_reporter_confirmed_not_what_the_office_reported(
    ground: Ground, state: str, share: Share
) -> None:
    write(1, ground["c1g1m1"], **SOLVED | {"state": state, "rating": None})
    sequence()
    advance()
    assert figures(SYSTEM, SINCE, UNTIL, "month").total.resolution == share


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize("state", ["to_confirm", "unconfirmed", "closed"])
def test_a_result_after_its_date_is_never_in_time(ground: Ground, state: str) -> None:
    write(1, ground["c1g1m1"], **SOLVED | {"state": state, "resolve_by": NOW - 3 * DAY + timedelta(hours=2)})
    sequence()
    advance()
    assert figures(SYSTEM, SINCE, UNTIL, "month").total.resolution == Share(0, 1)


@pytest.mark.usefixtures("all_shown")
@pytest.mark.parametrize(("stopped", "late"), [(None, 1), (NOW - DAY / 2, 1), (NOW - 2 * DAY, 0)])
def test_to_ask_the_reporter_makes_nobody_late_in_time(
    ground: Ground, stopped: datetime | None, late: int
) -> None:
    write(1, ground["c1g1m1"], state="waiting", responded_at=NOW - 3 * DAY, stopped_at=stopped)
    sequence()
    advance()
    found = figures(SYSTEM, SINCE, UNTIL, "month").total
    assert (found.late, found.resolution) == (Share(late, 1), Share(0, late))


def test_what_waits_in_entries_that_do_not_tell_since_when_is_not_called_late(ground: Ground) -> None:
    write(1, ground["c1g1m1"], state="waiting", responded_at=NOW - 3 * DAY)
    sequence()
    advance()
    known = CaseFact.objects.get()
    assert known.stopped_at == known.reported_at
