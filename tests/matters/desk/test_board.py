"""The dispatch board and the morning page count what their viewer may see, and name what runs out (R22)."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm
from shige.matters.desk.queries.board import board_of
from shige.matters.desk.queries.morning import morning_of
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.transfer import lead
from shige.matters.lists.queries.due import days_ends
from shige.matters.lists.queries.figures import Figure
from shige.matters.models import Matter
from shige.matters.report import Filed
from shige.trust.gate import PUBLIC
from shige.trust.middleware import SAMPLE_SESSION

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def of(figures: Mapping[str, Figure], *names: str) -> tuple[int, ...]:
    """Return how many some numbers count."""
    return tuple(figures[name].count for name in names)


def filed(town: Town, grid: str = "micro", category: str = "01.1") -> Filed:
    """File a matter in a grid."""
    return file_matter(PUBLIC, report(place=town.place(grid), category=category))


def test_the_street_sees_its_communities_and_the_community_its_grids(town: Town) -> None:
    filed(town), filed(town), filed(town, "micro3")
    street = board_of(town.viewer("street_officer"))
    assert street and {part.area.name: part.figures["open"].count for part in street.parts if part.area} == {
        "east": 2, "west": 1
    }  # fmt: skip
    assert of(street.whole, "open", "new") == (3, 3)
    community = board_of(town.viewer("community_chief"))
    assert community and [
        (part.area.name, part.figures["open"].count) for part in community.parts if part.area
    ] == [("general", 2)]


def test_what_runs_out_today_and_tomorrow_is_named(town: Town) -> None:
    filed(town)  # to be answered within four hours: today
    filed(town, "micro", "02.1"), filed(town, "micro", "10.1")  # today; by tomorrow morning
    board = board_of(town.viewer("street_officer"))
    assert board and of(board.whole, "today", "next_day", "late") == (2, 1, 0)
    assert [row.category for row in board.soon] == ["01.1", "02.1", "10.1"]
    with clock.at(WEDNESDAY + timedelta(days=1, hours=3)):
        later = board_of(town.viewer("street_officer"))
    assert later and of(later.whole, "late") == of(later.parts[0].figures, "late") == (3,)


@pytest.mark.parametrize(("after", "today", "next_day"), [(0, 10, 11), (2, 12, 15), (3, 13, 15), (4, 14, 15)])
def test_today_ends_at_midnight_and_the_next_working_day_passes_over_a_weekend(
    after: int, today: int, next_day: int
) -> None:
    """On a Sunday today is that Sunday: what is due on Monday is due on the next working day."""
    ends = [localdate(end) for end in days_ends(WEDNESDAY + timedelta(days=after))]
    assert ends == [date(2026, 9, today), date(2026, 9, next_day)]


def test_sealed_matters_count_from_the_street_up_only(town: Town) -> None:
    filed(town, "micro", "11.3")
    community, street = board_of(town.viewer("community_chief")), board_of(town.viewer("street_officer"))
    assert community and of(community.whole, "open") == (0,) and community.parts == []
    assert street and of(street.whole, "open") == (1,)
    assert of(morning_of(town.viewer("community_chief")).figures, "came") == (0,)


def test_the_morning_of_a_leader(town: Town) -> None:
    done, hard = filed(town), filed(town)
    owner = town.viewer("fulltime_worker")
    take(owner, done.matter.number)
    solve(owner, done.matter.number, "清了")
    confirm(PUBLIC, done.tracking_code, 2)
    lead(town.viewer("street_leader"), hard.matter.number, "周五到场")
    morning = morning_of(town.viewer("street_leader"))
    assert of(morning.figures, "came", "closed", "rated", "content") == (2, 1, 1, 0)
    assert [row.number for row in morning.hardest] == [hard.matter.number]
    assert [row.number for row in morning.unhappy] == [done.matter.number]


def test_an_empty_area_has_an_empty_board(town: Town) -> None:
    board = board_of(town.viewer("community_chief2"))
    assert board and (board.parts, of(board.whole, "open"), board.soon) == ([], (0,), [])


@pytest.mark.parametrize(
    ("who", "status"),
    [("street_officer", 200), ("community_chief", 200), ("fulltime_worker", 403), ("department", 403)],
)
def test_who_may_open_them(town: Town, client: Client, who: str, status: int) -> None:
    filed(town)
    client.force_login(town.persons[who])
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    assert client.get("/office/board/").status_code == status
    assert client.get("/office/morning/").status_code == status


def test_the_board_takes_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    for _ in range(20):
        filed(town)
    officer = town.viewer("street_officer")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        board_of(officer)
    assert Matter.objects.count() == 20
