"""The daily list of disputes by grid and the month in sum, within the gate and without small counts (R27)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.disputes.mediation.commands import PromiseIn, promise
from shige.disputes.mediation.daily import daily_of
from shige.disputes.models.monthly import MonthlyText
from shige.disputes.month.commands import write_month
from shige.disputes.month.queries import Counts, month_of, summed_areas
from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.trust.gate import PUBLIC
from shige.trust.models import Appointment, Person, Post
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import ALWAYS, WEDNESDAY, Town, report

from .test_mediation import agreed, quarrel, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SEPTEMBER = date(2026, 9, 1)
MONTHS = ("2026-09", "2026-07")
"""The one that is not over, and the last one whose figures are fixed."""


def counts_of(town: Town, who: str, area: str, first: date = SEPTEMBER) -> Counts:
    """Return the counts of a month as somebody sees them who works there."""
    found = month_of(town.viewer(who), town.areas[area], first).counts
    assert found is not None
    return found


def notice(page: str) -> str:
    """Return the part of the page that stands in place of counts."""
    return page.split('<p class="notice">')[1].split("</p>")[0]


def overseer(town: Town) -> None:
    """Appoint somebody who oversees the street from outside."""
    post = Post.objects.create(role="party_overseer", area=town.areas["street"], name="overseer")
    town.persons["overseer"] = Person.objects.create(username="overseer", service_name="overseer")
    Appointment.objects.create(person=town.persons["overseer"], post=post, valid=ALWAYS)


def test_the_list_says_age_last_session_next_date_and_what_is_overdue(town: Town) -> None:
    number = agreed(town).matter.number
    promise(town.viewer("micro_worker"), number, PromiseIn("second", "重做防水", date(2026, 9, 11)))
    with clock.at(WEDNESDAY + timedelta(days=4)):
        found = daily_of(town.viewer("community_chief"))
    line = found.grids[0].lines[0]
    assert (line.number, line.days, line.state, line.overdue) == (number, 4, "follow_up", 1)
    assert (line.last_session, line.next_on) == (WEDNESDAY, date(2026, 9, 16))
    assert found.counts == {"open": 1, "overdue": 1, "without_session": 0, "committee": 0}


def test_it_goes_by_grid_within_ones_area(town: Town) -> None:
    quarrel(town)
    file_matter(PUBLIC, report("噪声", category="05.4", place=town.place("micro3")))
    street = daily_of(town.viewer("street_officer"))
    assert [grid.grid for grid in street.grids] == ["east · micro", "west · micro3"]
    assert daily_of(town.viewer("street_officer"), town.areas["west"]).counts["open"] == 1
    assert daily_of(town.viewer("community_chief2")).counts["open"] == 1


def test_the_list_takes_one_statement(town: Town, django_assert_num_queries: object) -> None:
    for _ in range(4):
        session(town, quarrel(town).matter.number)
    viewer = town.viewer("street_officer")
    with django_assert_num_queries(1):  # type: ignore[operator]
        daily_of(viewer)


def test_a_complaint_that_was_sorted_out_is_no_dispute_to_anybody(town: Town) -> None:
    given = report("微网格员调解不公", category="11.3", place=town.place("micro"))
    sort(town.viewer("service_centre"), file_matter(PUBLIC, given).matter.number, "05.4", "邻里纠纷")
    assert daily_of(town.viewer("community_chief")).counts["open"] == 0
    assert counts_of(town, "community_chief", "east").total.came == 0
    assert daily_of(town.viewer("street_officer")).counts["open"] == 0
    assert counts_of(town, "street_officer", "east").total.came == 0


def test_the_month_counts_by_grid_and_kind_and_what_was_settled(town: Town) -> None:
    agreed(town), quarrel(town)
    found = counts_of(town, "community_chief", "east")
    assert (found.total.came, found.total.settled) == (2, 1)
    assert [(one.name, one.came, one.settled) for one in found.grids] == [("east · micro", 2, 1)]
    assert [one.came for one in found.kinds] == [2]
    assert counts_of(town, "community_chief", "east", date(2026, 8, 1)).total.came == 0


def test_whoever_sees_no_matters_there_is_told_no_count_and_led_to_the_figures(town: Town) -> None:
    """P8: a sum of their own, asked again tomorrow or taken from the figures, would tell of one dispute."""
    overseer(town)
    for _ in range(6):
        quarrel(town)
    write_month(town.viewer("street_officer"), town.areas["street"], SEPTEMBER, "先到场", "")
    street, client = town.areas["street"], signed_in(town, "overseer")
    seen = {
        month: client.get(f"/office/disputes/month/?area={street.code}&month={month}") for month in MONTHS
    }
    assert all(page.context["found"].counts is None for page in seen.values())
    assert "先到场" in seen["2026-09"].content.decode()
    assert "可在统计数据中查看" in seen["2026-09"].content.decode()
    (link,) = re.findall(r'href="(/figures/[^"]+)"', notice(seen["2026-07"].content.decode()))
    assert link == f"/figures/?area={street.code}&amp;period=2026-07&amp;category=05&amp;by=category"
    east = client.get(
        f"/office/disputes/month/?area={town.areas['east'].code}&month=2026-08"
    ).content.decode()
    assert "仅按街道及以上范围公布" in notice(east) and "/figures/" not in notice(east)


def test_a_month_is_told_among_the_figures_when_they_are_fixed(town: Town) -> None:
    overseer(town)
    for day, period in ((10, ""), (11, "2026-09")):
        with clock.at(datetime(2026, 10, day, 4, tzinfo=UTC)):
            assert month_of(town.viewer("overseer"), town.areas["street"], SEPTEMBER).period == period


@pytest.mark.parametrize("who", ["community_chief2", "micro_worker", "department"])
def test_others_do_not_see_or_write_the_month_of_an_area(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        month_of(town.viewer(who), town.areas["east"], SEPTEMBER)
    with pytest.raises(PermissionDenied):
        write_month(town.viewer(who), town.areas["east"], SEPTEMBER, "好", "")


def test_one_text_for_each_month_and_area(town: Town) -> None:
    chief = town.viewer("community_chief")
    write_month(chief, town.areas["east"], WEDNESDAY.date(), "楼栋长先到场，电话13900000001", "回访晚了")
    again = write_month(chief, town.areas["east"], SEPTEMBER, "楼栋长先到场", "回访晚了两次")
    assert (MonthlyText.objects.count(), again.version, again.month) == (1, 2, SEPTEMBER)
    with pytest.raises(ValidationError):
        write_month(chief, town.areas["east"], date(2026, 10, 1), "还没到", "")
    with pytest.raises(PermissionDenied):
        write_month(chief, town.areas["street"], SEPTEMBER, "越级", "")
    assert "139" not in MonthlyText.objects.get().experience


def test_a_month_begins_at_midnight_of_the_place(town: Town) -> None:
    """In Chengdu it is October eight hours before it is in UTC."""
    chief, october = town.viewer("community_chief"), date(2026, 10, 1)
    with clock.at(datetime(2026, 9, 30, 16, 30, tzinfo=UTC)):
        assert write_month(chief, town.areas["east"], october, "先到场", "").month == october
    with clock.at(datetime(2026, 9, 30, 15, 30, tzinfo=UTC)), pytest.raises(ValidationError):
        write_month(chief, town.areas["east"], october, "还没到", "")


def test_areas_offered_are_the_own_ones(town: Town) -> None:
    assert [area.name for area in summed_areas(town.viewer("street_officer"))] == ["street", "east", "west"]
    assert [area.name for area in summed_areas(town.viewer("community_chief"))] == ["east"]
    assert summed_areas(town.viewer("micro_worker")) == []


def test_the_pages(town: Town) -> None:
    number = agreed(town).matter.number
    chief = signed_in(town, "community_chief")
    assert number in chief.get("/office/disputes/").content.decode()
    url = f"/office/disputes/month/?area={town.areas['east'].code}&month=2026-09"
    with clock.at(WEDNESDAY):
        assert chief.post(url, {"experience": "先到场", "shortcomings": ""}).status_code == 302
        assert "先到场" in chief.get(url).content.decode()
    assert signed_in(town, "micro_worker").get("/office/disputes/").status_code == 403
    assert signed_in(town, "micro_worker").get("/office/disputes/month/").status_code == 200
    assert signed_in(town, "fulltime_worker").get("/office/visits/").status_code == 200
