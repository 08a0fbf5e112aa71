"""The desk of the grid service centre counts what its lists hold, within the gate (R42, R19, P3)."""

from datetime import timedelta

import pytest

from shige.matters import clock
from shige.matters.confirmation.commands.answers import say_not_solved
from shige.matters.desk.queries.desk import WATCHED, desk_of
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.handling.commands.transfer import refuse_duty
from shige.matters.lists.queries.page import matter_list
from shige.matters.report import Filed
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Appointment
from tests.disputes.test_mediation import quarrel
from tests.matters.handling.test_pages import signed_in

from ..town import ALWAYS, OUTSIDE, WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filed(town: Town, category: str = "01.1", **given: object) -> Filed:
    """File a matter in the first micro-grid."""
    return file_matter(PUBLIC, report(category=category, **{"place": town.place("micro")} | given))


def counts(town: Town, who: str = "service_centre") -> dict[str, int]:
    """Return what the desk counts, without its zeros."""
    return {
        kind: count for kind, found in desk_of(town.viewer(who)).figures.items() if (count := found.count)
    }


def numbers(town: Town, kind: str) -> list[str]:
    """Return the matters behind a number."""
    return [row.number for row in matter_list(town.viewer("service_centre"), WATCHED[kind]).rows]


def test_each_number_counts_what_its_list_holds(town: Town) -> None:
    outside = filed(town, place=OUTSIDE).matter.number
    filed(town, "10.1"), quarrel(town)
    with clock.at(WEDNESDAY + timedelta(days=40)):
        figures = desk_of(town.viewer("service_centre")).figures
        found = {kind: figure.count for kind, figure in figures.items()}
        assert set(found) == set(WATCHED)
        for kind, count in found.items():
            assert len(numbers(town, kind)) == count
        assert outside in numbers(town, "outside") and found["disputes"] == 1


def test_what_waits_for_dispatch(town: Town) -> None:
    here = filed(town, "11.3").matter.number
    refused = filed(town, "01.1").matter.number
    refuse_duty(town.viewer("fulltime_worker"), refused, "不在清单")
    town.vacate("micro_worker3")
    town.vacate("fulltime_worker2")
    assert here in numbers(town, "new_here") and numbers(town, "refused") == [refused]
    left = filed(town, "02.1", place=town.place("micro3")).matter
    town.vacate(town.owner(left))
    assert numbers(town, "nobody") == [left.number]
    first = {row.number for row in desk_of(town.viewer("service_centre")).first}
    assert first == {here, refused, left.number}


def test_what_came_back_and_was_taken_waits_no_more(town: Town) -> None:
    number = filed(town).matter.number
    refuse_duty(town.viewer("fulltime_worker"), number, "不在清单")
    take(town.viewer("community_chief"), number)
    assert numbers(town, "refused") == []


def test_supervision(town: Town) -> None:
    today, again = filed(town).matter.number, filed(town, "02.1")
    assert today in numbers(town, "today") and numbers(town, "late") == []
    chief = town.viewer("community_chief")
    take(chief, again.matter.number)
    solve(chief, again.matter.number, "修好了")
    say_not_solved(PUBLIC, again.tracking_code, "还不亮")
    assert numbers(town, "reopened") == [again.matter.number]
    with clock.at(WEDNESDAY + timedelta(days=1)):
        assert (today in numbers(town, "late"), numbers(town, "told_above")) == (True, [])
        remind_due(SYSTEM)
        assert today in numbers(town, "told_above")


def test_sealed_matters_count_for_whoever_may_know(town: Town) -> None:
    filed(town, "11.3")
    assert counts(town)["new_here"] == counts(town, "street_leader")["new_here"] == 1


def test_staffing_by_community(town: Town) -> None:
    town.vacate("micro_worker2")
    for person, post in (("micro_worker", "micro_worker3"), ("fulltime_worker", "fulltime_worker2")):
        kind = "substitute" if person == "fulltime_worker" else "deputy"
        Appointment.objects.create(
            person=town.persons[person], post=town.posts[post], kind=kind, valid=ALWAYS
        )
    staff = {row.name: row for row in desk_of(town.viewer("service_centre")).staff}
    assert list(staff) == ["", "east", "west"]
    assert (staff["east"].vacant, staff["west"].substituted, staff["west"].vacant) == (1, 1, 0)
    assert staff["east"].doubled == 2
    team = signed_in(town, "service_centre").get(
        f"/team/?show=substituted&community={town.areas['west'].code}"
    )
    assert "fulltime_worker2" in team.content.decode() and "micro_worker" not in team.content.decode()


def test_the_desk_takes_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    for _ in range(15):
        filed(town)
    viewer = town.viewer("service_centre")
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        desk_of(viewer)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("service_centre", 200),
        ("street_officer", 200),
        ("street_leader", 200),
        ("district_centre", 200),
        ("community_chief", 403),
        ("fulltime_worker", 403),
        ("micro_worker", 403),
        ("department", 403),
    ],
)
def test_who_may_open_it(town: Town, who: str, status: int) -> None:
    assert signed_in(town, who).get("/office/desk/").status_code == status
