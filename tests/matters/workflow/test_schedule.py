"""The clock of a matter: it stands while the reporter is asked, and is extended once (R22)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from shige.matters import clock
from shige.matters.assignment.peers import peers
from shige.matters.confirmation.commands.answers import answer, confirm, reopen, say_not_solved
from shige.matters.facts import MatterChanged
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands import pause
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.pause import (
    ask,
    ask_extension,
    extend,
    go_on,
    grant_extension,
    keep_date,
)
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.handling.commands.transfer import pass_on
from shige.matters.lists.queries.rows import late, rows_of
from shige.matters.lists.queries.today import today_of
from shige.matters.models import Matter
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.report import Filed
from shige.matters.workflow.schedule import redated
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import OutboxMessage

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def in_hand(town: Town, category: str = "01.1") -> Filed:
    """File a matter that is due in two working days, and let its owner take it."""
    filed = file_matter(PUBLIC, report(place=town.place("micro"), category=category))
    take(town.viewer("fulltime_worker"), filed.matter.number)
    filed.matter.refresh_from_db()
    return filed


def local(moment: datetime) -> str:
    """Return day of the month and time in the office's zone."""
    return timezone.localtime(moment).strftime("%d %H:%M")


def test_the_clock_stands_while_the_reporter_is_asked(town: Town) -> None:
    filed = in_hand(town)
    assert local(filed.matter.resolve_by) == "11 10:00"
    with clock.at(WEDNESDAY + timedelta(hours=1)):
        waiting = ask(town.viewer("fulltime_worker"), filed.matter.number, "哪一盏灯？")
    assert (waiting.state, waiting.open, waiting.running) == ("waiting", True, False)
    with clock.at(WEDNESDAY + timedelta(days=1, hours=1)):
        told = answer(PUBLIC, filed.tracking_code, "三楼的")
    assert (told.state, told.running, told.stopped_at) == ("in_hand", True, None)
    assert local(told.resolve_by) == "14 10:00"  # one working day later, over a weekend


def test_waiting_does_not_excuse_what_was_late_already(town: Town) -> None:
    filed = in_hand(town)
    with clock.at(WEDNESDAY + timedelta(days=5)):
        waiting = ask(town.viewer("fulltime_worker"), filed.matter.number, "哪一盏灯？")
        assert waiting.state == "waiting" and list(Matter.objects.filter(late())) == [waiting]
        assert MatterChanged.of(waiting).stopped_at is None
        tracked = rows_of(Matter.objects.all())
        assert [row.late for row in tracked] == [True]
    with clock.at(WEDNESDAY + timedelta(days=9)):
        assert Matter.objects.filter(late()).exists()
        after = go_on(town.viewer("fulltime_worker"), filed.matter.number)
    assert after.resolve_by == filed.matter.resolve_by


def test_a_clock_set_back_shortens_nobodys_time(town: Town) -> None:
    filed = in_hand(town)
    with clock.at(WEDNESDAY + timedelta(hours=2)):
        ask(town.viewer("fulltime_worker"), filed.matter.number, "哪一盏灯？")
    with clock.at(WEDNESDAY + timedelta(hours=1)):
        assert answer(PUBLIC, filed.tracking_code, "三楼").resolve_by == filed.matter.resolve_by


def test_handing_a_waiting_matter_over_lets_the_clock_run_again(town: Town) -> None:
    filed = in_hand(town)
    ask(town.viewer("fulltime_worker"), filed.matter.number, "哪一盏灯？")
    with clock.at(WEDNESDAY + timedelta(days=1)):
        other = peers(filed.matter)[0].pk
        moved = pass_on(town.viewer("community_chief"), filed.matter.number, other, "休假")
    assert moved.running and local(moved.resolve_by) == "14 10:00"


def granted(town: Town, number: str, reason: str) -> Matter:
    """Let the owner ask for more time and the community, as the next tier, grant it."""
    ask_extension(town.viewer("fulltime_worker"), number, reason)
    return grant_extension(town.viewer("community_chief"), number, reason)


def test_it_is_extended_once_by_the_next_tier_with_a_reason_the_reporter_reads(town: Town) -> None:
    filed = in_hand(town)
    owner, number = town.viewer("fulltime_worker"), filed.matter.number
    with pytest.raises(ValidationError):
        ask_extension(owner, number, " ")
    asked = ask_extension(owner, number, "配件周五到")
    assert local(asked.resolve_by) == "11 10:00" and asked.extension_asked_of == town.posts["community_chief"]
    assert OutboxMessage.objects.filter(
        kind="matter.extension_asked", receiver=town.persons["community_chief"]
    ).exists()
    assert "配件周五到" not in str(tracked(filed.tracking_code).steps)
    with pytest.raises(PermissionDenied):
        grant_extension(owner, number, "好")
    longer = grant_extension(town.viewer("community_chief"), number, "配件周五到")
    assert (local(longer.resolve_by), longer.next_at) == ("15 10:00", longer.resolve_by)
    assert "配件周五到" in str(tracked(filed.tracking_code).steps)
    with pytest.raises(ValidationError, match="extension"):
        ask_extension(owner, number, "再等等")


def test_a_refused_extension_leaves_the_date_and_may_be_asked_for_again(town: Town) -> None:
    filed = in_hand(town)
    owner, chief = town.viewer("fulltime_worker"), town.viewer("community_chief")
    ask_extension(owner, filed.matter.number, "配件周五到")
    assert [row.number for row in today_of(chief).to_extend] == [filed.matter.number]
    kept = keep_date(chief, filed.matter.number, "仓库有货")
    assert (local(kept.resolve_by), kept.extensions, kept.extension_asked_of) == ("11 10:00", 0, None)
    assert today_of(chief).to_extend == []
    ask_extension(owner, filed.matter.number, "仓库也没有")


def test_where_nobody_stands_above_it_is_extended_at_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = in_hand(town)
    monkeypatch.setattr(pause, "post_above", lambda matter: None)
    longer = extend(town.viewer("fulltime_worker"), filed.matter.number, "配件周五到")
    assert local(longer.resolve_by) == "15 10:00"


def test_a_pause_is_offered_only_where_somebody_can_be_asked(town: Town) -> None:
    filed = in_hand(town)
    Matter.objects.update(source="device")
    with pytest.raises(ValidationError):
        ask(town.viewer("fulltime_worker"), filed.matter.number, "哪一盏灯？")


def test_dates_by_new_limits_keep_the_pause_and_the_extension(town: Town) -> None:
    filed = in_hand(town)
    owner = town.viewer("fulltime_worker")
    with clock.at(WEDNESDAY + timedelta(hours=1)):
        ask(owner, filed.matter.number, "哪一盏灯？")
    with clock.at(WEDNESDAY + timedelta(days=1, hours=1)):
        answer(PUBLIC, filed.tracking_code, "三楼的")
        matter = granted(town, filed.matter.number, "配件周五到")
    assert local(matter.resolve_by) == "16 10:00"  # two days, one of pause, two more
    assert redated(matter, profile().category("01.1")).resolve_by == matter.resolve_by
    assert local(redated(matter, profile().category("03.1")).resolve_by) == "18 10:00"  # three days, twice


def test_what_is_taken_up_again_has_had_no_pause_and_no_extension(town: Town) -> None:
    filed = in_hand(town)
    owner = town.viewer("fulltime_worker")
    granted(town, filed.matter.number, "配件周五到")
    ask(owner, filed.matter.number, "哪一盏灯？")
    with clock.at(WEDNESDAY + timedelta(days=1)):
        answer(PUBLIC, filed.tracking_code, "三楼的")
        solve(owner, filed.matter.number, "换了灯泡")
        confirm(PUBLIC, filed.tracking_code, 4)
        matter = reopen(PUBLIC, filed.tracking_code, "又坏了")
    assert (matter.stood, local(matter.resolve_by)) == (timedelta(), "14 10:00")
    assert redated(matter, profile().category("01.1")).resolve_by == matter.resolve_by


def test_what_is_late_is_not_extended(town: Town) -> None:
    filed = in_hand(town)
    with clock.at(WEDNESDAY + timedelta(days=9)), pytest.raises(ValidationError, match="extension"):
        ask_extension(town.viewer("fulltime_worker"), filed.matter.number, "忘了")


def test_the_days_with_the_reporter_are_not_the_offices(town: Town) -> None:
    filed = in_hand(town)
    with clock.at(WEDNESDAY + timedelta(days=1)):
        solve(town.viewer("fulltime_worker"), filed.matter.number, "换了灯泡")
    with clock.at(WEDNESDAY + timedelta(days=5)):
        again = say_not_solved(PUBLIC, filed.tracking_code, "还是不亮")
    assert local(again.resolve_by) == "15 10:00"


def test_what_is_taken_up_again_gets_its_whole_time(town: Town) -> None:
    filed = in_hand(town)
    solve(town.viewer("fulltime_worker"), filed.matter.number, "换了灯泡")
    confirm(PUBLIC, filed.tracking_code, 5)
    with clock.at(WEDNESDAY + timedelta(days=7)):
        again = reopen(PUBLIC, filed.tracking_code, "又不亮了")
    assert (again.open, again.running, local(again.resolve_by)) == (True, True, "18 10:00")


def test_confidential_words_of_later_are_sealed_too(town: Town) -> None:
    filed = file_matter(PUBLIC, report(place=town.place("micro"), category="04.2"))
    chief = town.viewer("community_chief")
    take(chief, filed.matter.number)
    ask(chief, filed.matter.number, "几点钟最吵？")
    answer(PUBLIC, filed.tracking_code, "楼上王某半夜")
    step = Matter.objects.get(pk=filed.matter.pk).steps.get(action="answer")
    assert step.note == "" and step.words_handle is not None


FRIDAY_BEFORE = datetime(2026, 2, 13, 2, 0, tzinfo=UTC)
"""Ten in the morning before the Spring Festival of 2026: the 14th is worked, the 15th to the 23rd are off."""


def test_dates_across_the_spring_festival_count_its_make_up_day_and_no_holiday(town: Town) -> None:
    with clock.at(FRIDAY_BEFORE):
        matter = in_hand(town).matter  # four hours to answer, two working days to solve
    assert timezone.localtime(matter.respond_by).isoformat() == "2026-02-13T15:00:00+08:00"
    assert timezone.localtime(matter.resolve_by).isoformat() == "2026-02-24T10:00:00+08:00"
    assert not matter.approximate


def test_a_question_that_stands_over_the_festival_takes_none_of_the_time(town: Town) -> None:
    with clock.at(FRIDAY_BEFORE):
        filed = in_hand(town)
        ask(town.viewer("fulltime_worker"), filed.matter.number, "哪个单元？")
    with clock.at(datetime(2026, 2, 24, 2, 0, tzinfo=UTC)):
        matter = answer(PUBLIC, filed.tracking_code, "二单元")
    assert timezone.localtime(matter.resolve_by).isoformat() == "2026-02-26T10:00:00+08:00"


def test_the_sweep_leaves_the_festival_alone(town: Town) -> None:
    """What runs out on the first day back is not called late during the holiday."""
    with clock.at(FRIDAY_BEFORE):
        number = in_hand(town).matter.number
    with clock.at(datetime(2026, 2, 20, 2, 0, tzinfo=UTC)):
        remind_due(SYSTEM)
    assert not Matter.objects.get(number=number).steps.filter(action="overdue").exists()
    with clock.at(datetime(2026, 2, 24, 2, 1, tzinfo=UTC)):
        remind_due(SYSTEM)
    assert Matter.objects.get(number=number).steps.filter(action="overdue").exists()
