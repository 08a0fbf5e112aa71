"""Figures for everybody: months that are over, without small counts or what gives them away (R35, P8)."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from shige.insight.commands import advance
from shige.insight.measures import Measures
from shige.insight.models import ToldMonth
from shige.insight.open_figures import OpenFigures, open_figures
from shige.insight.periods import Closed, Period, closed_periods
from shige.insight.publication import decide_all, published, told_periods
from shige.trust.commands import sequence
from shige.trust.jurisdiction import profile

from .conftest import SOLVED, Ground, write, write_many

OCTOBER = Closed("2026-10", Period(date(2026, 10, 1), date(2026, 10, 31)))
OTHERS = "other rows, too few to tell"
IN_OCTOBER = datetime(2026, 10, 7, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def told(found: OpenFigures) -> dict[str, int | None]:
    """Return how many were received by area, as far as it is told."""
    return {row.label: row.measures.open.of for row in found.areas}


def fill(ground: Ground, counts: dict[str, int], **known: object) -> OpenFigures:
    """Write matters of October and return what is told of them."""
    for area, count in counts.items():
        write_many(count, ground[area], area, reported_at=IN_OCTOBER, **known)
    advance()
    return open_figures(OCTOBER)


def test_only_months_that_are_over_can_be_chosen() -> None:
    months = closed_periods(("month",), date(2026, 1, 31), 10)
    assert [months[0].key, months[-1].key, len(months)] == ["2025-12", "2023-01", 36]
    assert closed_periods(("month",), date(2026, 1, 10), 10)[0].key == "2025-11"
    later = closed_periods(("quarter", "year"), date(2026, 11, 29), 10)
    assert [one.key for one in later if one.key >= "2025"] == [
        "2026-Q3",
        "2026-Q2",
        "2026-Q1",
        *(f"2025-Q{n}" for n in (4, 3, 2, 1)),
        "2025",
    ]


def test_a_month_begins_and_ends_on_the_clock_on_the_wall(ground: Ground) -> None:
    first = datetime(2026, 10, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    for number, moment in enumerate((first - timedelta(seconds=1), first)):
        write(f"edge{number}", ground["c1"], reported_at=moment)
    sequence()
    assert fill(ground, {"c1": 9}).total.open.of == 10


def test_a_single_small_cell_is_hidden_with_another_one(ground: Ground) -> None:
    """Of the total and all other cells it could be worked out."""
    found = fill(ground, {"c1": 2, "c2": 6, "c3": 9})
    assert told(found) == {"c3": 9, OTHERS: None}
    assert found.total.open.of == 17


def test_a_small_total_is_not_told_either(ground: Ground) -> None:
    found = fill(ground, {"c1": 3})
    assert found.total == found.areas[0].measures == found.categories[0].measures
    assert found.total.open.of is None


def test_the_table_of_categories_gives_nothing_away_that_the_other_hides(ground: Ground) -> None:
    write_many(1, ground["c1"], "rare", reported_at=IN_OCTOBER, category="02.01")
    found = fill(ground, {"c2": 8, "c3": 8})
    assert [(row.label, row.measures.open.of) for row in found.categories] == [(OTHERS, None)]
    assert sorted(str(count) for count in told(found).values()) == ["8", "None"]


def test_complaints_about_people_at_work_are_not_counted(ground: Ground) -> None:
    write_many(7, ground["c1"], "sealed", reported_at=IN_OCTOBER, sealed=1)
    assert fill(ground, {"c1": 6}).total.open.of == 6


def test_a_rate_that_rests_on_few_is_not_told(ground: Ground) -> None:
    write_many(2, ground["c1"], "rated", reported_at=IN_OCTOBER, state="closed", rating=1)
    total: Measures = fill(ground, {"c1": 8}).total
    assert total.open.of == 10 and total.satisfaction.hidden


def test_no_share_is_told_in_a_row_whose_count_is_not(ground: Ground) -> None:
    """Six of which two are content are hidden beside two others; 33.3% would tell that there were six."""
    write_many(4, ground["c2"], "cross", reported_at=IN_OCTOBER, state="closed", rating=1)
    write_many(2, ground["c2"], "glad", reported_at=IN_OCTOBER, state="closed", rating=5)
    write_many(6, ground["c3"], "content", reported_at=IN_OCTOBER, state="closed", rating=5)
    found = fill(ground, {"c1": 2, "c3": 5})
    rows = {row.label: row.measures for row in found.areas}
    assert "c2" not in rows and rows[OTHERS].open.hidden and rows[OTHERS].satisfaction.hidden
    assert rows["c3"].open.of == 11


def test_a_share_tells_of_no_few_who_are_in_it_or_are_not(ground: Ground) -> None:
    """1 of 6 were discontent, 4 of 10, and 2 of 12 said nothing: each tells of few."""
    ratings = {"c1": {5: 5, 2: 1, None: 9}, "c2": {5: 6, 2: 4, None: 2}, "c3": {5: 9, 2: 5, None: 9}}
    for area, counts in ratings.items():
        for rating, count in counts.items():
            known: dict[str, object] = {**SOLVED, "rating": rating, "solved_at": IN_OCTOBER}
            write_many(count, ground[area], f"{area}-{rating}-", reported_at=IN_OCTOBER, **known)
    rows = {row.label: row.measures.satisfaction for row in fill(ground, {}).areas}
    assert {area for area, share in rows.items() if not share.hidden} == {"c3"}
    assert (rows["c3"].part, rows["c3"].of) == (9, 14)


@pytest.mark.parametrize("seed", range(5))
def test_every_share_of_the_cube_has_a_base_that_may_be_told(ground: Ground, seed: int) -> None:
    """Whatever the counts by area, category and rating are: no share rests on less than the least count."""
    dice, under = Random(seed), profile().suppress_under
    for area in ("c1", "c2", "c3"):
        for category in ("02.01", "05.01", "07.01"):
            for rating in (None, 1, 5):
                name = f"{area}{category}{rating}"
                kept: dict[str, object] = {"state": "closed", "rating": rating} if rating else {}
                count = dice.randrange(5)
                write_many(count, ground[area], name, reported_at=IN_OCTOBER, category=category, **kept)
    advance()
    found = open_figures(OCTOBER)
    cells = [found.total, *(row.measures for row in (*found.areas, *found.categories))]
    for cell in cells:
        shares = (cell.response, cell.resolution, cell.satisfaction)
        assert all(share.hidden or not share.of or share.of >= under for share in shares)
        assert not cell.open.hidden or all(share.hidden for share in shares)


def test_anybody_reads_the_page_and_no_small_number_is_on_it(client: Client, ground: Ground) -> None:
    fill(ground, {"c1": 3, "c2": 7, "c3": 11})
    page = client.get("/open/?month=2026-10").content.decode()
    assert page.count("数量太少，不显示") < 6 and ">11<" in page and ">21<" in page and ">7<" not in page
    assert page.count("其中一部分太少") == 1, "one legend for all dashes"
    assert client.get("/open/?month=1999-01").status_code == 200
    assert "近一年没有发布案例" in page


def test_no_month_before_the_first_matter_is_offered(client: Client, ground: Ground) -> None:
    fill(ground, {"c1": 20})
    page = client.get("/open/").content.decode()
    assert 'value="2026-10"' in page and 'value="2025-02"' not in page


def test_the_night_decides_what_nobody_has_asked_for(ground: Ground) -> None:
    now = datetime.now(UTC)
    assert decide_all(now) == len({month for one in told_periods() for month in one.months})
    assert decide_all(now) == 0


def test_a_month_whose_figures_lag_behind_is_not_decided(ground: Ground) -> None:
    write_many(9, ground["c1"], "c1", reported_at=IN_OCTOBER)
    (month,) = published([date(2026, 10, 1)], IN_OCTOBER)
    assert not month.empty and not ToldMonth.objects.exists()
    assert fill(ground, {}).total.open.of == 9
