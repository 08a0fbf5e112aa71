"""The daily list of disputes by grid and the month in sum, within the gate and without small counts (R27)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.commands import file_matter, promise, sort
from shige.matters.commands.mediating import PromiseIn
from shige.matters.commands.summing_up import write_month
from shige.matters.models import MonthlyText
from shige.matters.queries.disputes import daily_of
from shige.matters.queries.month import month_of, summed_areas
from shige.trust.gate import PUBLIC
from shige.trust.models import Appointment, Person, Post

from .test_mediation import agreed, quarrel, session
from .test_pages import signed_in
from .town import ALWAYS, WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SEPTEMBER = date(2026, 9, 1)


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
    assert (found.open, found.overdue, found.without_session) == (1, 1, 0)


def test_it_goes_by_grid_within_ones_area(town: Town) -> None:
    quarrel(town)
    file_matter(PUBLIC, report("噪声", category="05.4", place=town.place("micro3")))
    street = daily_of(town.viewer("street_officer"))
    assert [grid.grid for grid in street.grids] == ["east · micro", "west · micro3"]
    assert daily_of(town.viewer("street_officer"), town.areas["west"]).open == 1
    assert daily_of(town.viewer("community_chief2")).open == 1


def test_the_list_takes_one_statement(town: Town, django_assert_num_queries: object) -> None:
    for _ in range(4):
        session(town, quarrel(town).matter.number)
    viewer = town.viewer("street_officer")
    with django_assert_num_queries(1):  # type: ignore[operator]
        daily_of(viewer)


def test_what_is_sealed_is_neither_listed_nor_counted_below_the_street(town: Town) -> None:
    given = report("微网格员调解不公", category="11.3", place=town.place("micro"))
    sort(town.viewer("service_centre"), file_matter(PUBLIC, given).matter.number, "05.4", "邻里纠纷")
    assert daily_of(town.viewer("community_chief")).open == 0
    assert month_of(town.viewer("community_chief"), town.areas["east"], SEPTEMBER).total.came == 0
    assert daily_of(town.viewer("street_officer")).open == 1
    assert month_of(town.viewer("street_officer"), town.areas["east"], SEPTEMBER).total.came == 1


def test_the_month_counts_by_grid_and_kind_and_what_was_settled(town: Town) -> None:
    agreed(town), quarrel(town)
    found = month_of(town.viewer("community_chief"), town.areas["east"], SEPTEMBER)
    assert (found.total.came, found.total.settled) == (2, 1)
    assert [(one.name, one.came, one.settled) for one in found.grids] == [("east · micro", 2, 1)]
    assert [one.came for one in found.kinds] == [2]
    assert month_of(town.viewer("community_chief"), town.areas["east"], date(2026, 8, 1)).total.came == 0


def test_outsiders_see_no_small_counts(town: Town) -> None:
    overseer(town)
    for _ in range(6):
        quarrel(town)
    file_matter(PUBLIC, report("噪声", category="05.4", place=town.place("micro3")))
    agreed(town)
    found = month_of(town.viewer("overseer"), town.areas["street"], SEPTEMBER)
    assert (found.total.came, found.total.settled, found.inside) == (8, None, False)
    assert [(one.name, one.came) for one in found.grids] == [("others, too few to tell", None)]


def test_outsiders_see_the_sum_of_their_widest_area_alone(town: Town) -> None:
    """P8: a street's sum without those of its communities leaves what is hidden in one of them."""
    overseer(town)
    for _ in range(6):
        quarrel(town)
    street, east = town.areas["street"], town.areas["east"]
    viewer = town.viewer("overseer")
    assert month_of(viewer, street, SEPTEMBER).total.came == 6
    within = month_of(viewer, east, SEPTEMBER)
    assert (within.told_in, within.total.came, within.grids, within.kinds) == ("street", None, (), ())
    assert month_of(town.viewer("street_officer"), east, SEPTEMBER).total.came == 6
    page = signed_in(town, "overseer").get(f"/office/disputes/month/?area={east.code}&month=2026-09")
    assert "已计入 street 的汇总" in page.content.decode()


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
