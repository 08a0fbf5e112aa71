"""What is due at once is late only after minutes, and not while somebody holds it (P4)."""

from datetime import timedelta

import pytest

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.lists.queries.rows import late, rows_of
from shige.matters.models import Matter
from shige.matters.tracking.queries import as_reported
from shige.trust.gate import PUBLIC, SYSTEM
from tests.matters.town import WEDNESDAY, Town, report

pytestmark = pytest.mark.django_db

NIGHT = WEDNESDAY + timedelta(hours=14)
"""Midnight in Chengdu."""


def is_late(minutes: int) -> bool:
    """Say whether the only matter counts as late so many minutes after it came in."""
    with clock.at(NIGHT + timedelta(minutes=minutes)):
        (row,) = rows_of(Matter.objects.all())
        assert row.late == Matter.objects.filter(late()).exists()
        return row.late


def test_it_is_late_once_nobody_took_it_for_ten_minutes_day_and_night(town: Town) -> None:
    with clock.at(NIGHT):
        made = file_matter(PUBLIC, report("有人被困电梯", place=town.place("micro")))
    assert [is_late(minutes) for minutes in (0, 9, 11)] == [False, False, True]
    with clock.at(NIGHT + timedelta(minutes=11)):
        remind_due(SYSTEM)
        told = [step.label for step in as_reported(made.matter, made.device_key).steps]
    assert any("Nobody had taken it in hand" in label for label in told)
    assert not any("date has passed" in label for label in told)


def test_it_is_not_late_while_somebody_holds_it(town: Town) -> None:
    with clock.at(NIGHT):
        made = file_matter(PUBLIC, report("有人被困电梯", place=town.place("micro")))
    with clock.at(NIGHT + timedelta(minutes=3)):
        take(SYSTEM, made.matter.number)
    assert not is_late(30)
    with clock.at(NIGHT + timedelta(minutes=30)):
        remind_due(SYSTEM)
    assert not Matter.objects.get().steps.filter(action="overdue").exists()
