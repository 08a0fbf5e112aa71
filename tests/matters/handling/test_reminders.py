"""Half of the time, four fifths, all of it: the owner hears, and at the end the tier above as well (R25)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from shige.matters import clock
from shige.matters.confirmation.commands.answers import add_words, answer
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.pause import ask
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.models import Matter
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.report import Filed, Report
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry, OutboxMessage

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def in_hand(town: Town) -> Filed:
    """File a matter on Wednesday at ten that is due on Friday at ten, and let its owner take it."""
    filed = file_matter(PUBLIC, report(place=town.place("micro"), category="01.1"))
    take(town.viewer("fulltime_worker"), filed.matter.number)
    filed.matter.refresh_from_db()
    return filed


def heard(town: Town, post: str) -> list[str]:
    """Return what the holder of a post was told by the sweep, in order."""
    sent = OutboxMessage.objects.filter(receiver=town.persons[post]).exclude(kind="matter.assigned")
    return list(sent.order_by("pk").values_list("kind", flat=True))


def sweep(hours: float) -> int:
    """Let the sweep run some hours after Wednesday at ten."""
    with clock.at(WEDNESDAY + timedelta(hours=hours)):
        return remind_due(SYSTEM)


def test_the_owner_is_reminded_at_half_and_at_four_fifths(town: Town) -> None:
    matter = in_hand(town).matter
    assert timezone.localtime(matter.remind_at).strftime("%d %H:%M") == "10 10:00"
    assert sweep(23) == 0
    assert (sweep(24), sweep(24)) == (1, 0)
    assert sweep(31) == 1
    assert heard(town, "fulltime_worker") == ["matter.half_time", "matter.little_time"]
    assert heard(town, "community_chief") == []


def test_when_late_the_tier_above_hears_and_the_reporter_reads_it(town: Town) -> None:
    filed = in_hand(town)
    sweep(49)
    assert heard(town, "fulltime_worker") == ["matter.late"]
    assert heard(town, "community_chief") == ["matter.late_below"]
    matter = Matter.objects.get(pk=filed.matter.pk)
    assert (matter.remind_at, matter.version) == (None, 3)
    assert matter.steps.get(action="overdue").to_post == town.posts["community_chief"]
    assert JournalEntry.objects.filter(verb="matter.overdue", object_version=3).count() == 1
    shown = tracked(filed.tracking_code)
    assert shown and shown.steps[-1].action == "overdue"
    assert sweep(100) == 0


MINUTE = 1 / 60


def violence(town: Town) -> Report:
    """Return a report that goes to the police at once."""
    said = Answers(police=True)
    return report("家里有人打我", place=town.place("micro"), category="05.6", answers=said)


def test_what_is_due_now_goes_up_the_line_after_ten_minutes(town: Town) -> None:
    filed = file_matter(PUBLIC, violence(town))
    assert town.owner(filed.matter) == "department2"
    assert sweep(9 * MINUTE) == 0
    assert (sweep(10 * MINUTE), sweep(11 * MINUTE), sweep(1000)) == (1, 0, 0)
    assert heard(town, "department2") == ["matter.late"]
    assert heard(town, "district_centre") == ["matter.late_below"]
    assert filed.matter.steps.get(action="overdue").to_post == town.posts["district_centre"]


def test_words_that_are_added_do_not_put_off_what_is_due_now(town: Town) -> None:
    filed = file_matter(PUBLIC, violence(town))
    with clock.at(WEDNESDAY + timedelta(minutes=9)):
        add_words(PUBLIC, filed.tracking_code, "快来人")
    assert sweep(10 * MINUTE) == 1


def test_what_is_taken_at_once_is_reminded_of_its_solution(town: Town) -> None:
    filed = file_matter(PUBLIC, violence(town))
    with clock.at(WEDNESDAY + timedelta(minutes=5)):
        take(town.viewer("department2"), filed.matter.number)
    assert sweep(11) == 0
    assert (sweep(12), heard(town, "department2")) == (1, ["matter.half_time"])


def test_the_date_of_the_solution_is_told_as_well_when_the_answer_was_late(town: Town) -> None:
    filed = file_matter(PUBLIC, violence(town))
    sweep(1)
    with clock.at(WEDNESDAY + timedelta(hours=30)):
        take(town.viewer("department2"), filed.matter.number)
        add_words(PUBLIC, filed.tracking_code, "还没有人来")
    assert (sweep(31), sweep(32)) == (1, 0)
    assert heard(town, "department2")[0::2] == ["matter.late", "matter.late"]


def test_nobody_is_reminded_while_the_clock_stands(town: Town) -> None:
    filed = in_hand(town)
    ask(town.viewer("fulltime_worker"), filed.matter.number, "哪一栋？")
    assert sweep(200) == 0


def test_a_pause_takes_none_of_the_time_until_a_reminder(town: Town) -> None:
    """Two working days: asked after an hour, answered a week later; the half comes six hours after that."""
    filed = in_hand(town)
    with clock.at(WEDNESDAY + timedelta(hours=1)):
        ask(town.viewer("fulltime_worker"), filed.matter.number, "哪一栋？")
    with clock.at(WEDNESDAY + timedelta(days=7, hours=1)):
        matter = answer(PUBLIC, filed.tracking_code, "三栋")
    assert matter.stood == timedelta(hours=35)
    assert sweep(24 * 8 - 1) == 0
    assert sweep(24 * 8) == 1
    assert heard(town, "fulltime_worker")[-1] == "matter.half_time"
    assert sweep(24 * 8 + 7) == 1
    assert heard(town, "fulltime_worker")[-1] == "matter.little_time"
    assert sweep(24 * 9 + 1) == 1
    assert heard(town, "community_chief") == ["matter.late_below"]


def test_a_sealed_matter_is_never_announced_below_the_street(town: Town) -> None:
    complaint = report("网格员态度恶劣", place=town.place("micro"), category="11.3")
    assert file_matter(PUBLIC, complaint).matter.sealed
    sweep(24 * 60)
    below = [post for post in town.persons if "worker" in post or "chief" in post]
    assert all(heard(town, post) == [] for post in below)


def test_many_are_told_in_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    for _ in range(30):
        in_hand(town)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert sweep(49) == 30


def test_only_the_program_reminds(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        remind_due(town.viewer("street_officer"))
