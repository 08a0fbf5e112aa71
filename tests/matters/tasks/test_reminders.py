"""Whoever owes the next word about a task is reminded: its post by its date, its office in time (R26)."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters import clock
from shige.matters.models import Matter, Task
from shige.matters.tasks.commands import move_task
from shige.matters.tasks.reminders import remind_of_tasks
from shige.trust.gate import SYSTEM
from shige.trust.models import OutboxMessage

from ..taskforce import settle, task
from ..town import WEDNESDAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

POST, OFFICE = "property_company", "fulltime_worker"
REMINDERS = ("task.half_time", "task.little_time", "task.late", "task.late_given", "task.reply_waits")


@pytest.fixture(autouse=True)
def _taskforce(town: Town) -> None:
    settle(town)


def heard(town: Town, who: str) -> list[str]:
    sent = OutboxMessage.objects.filter(receiver=town.persons[who], kind__in=REMINDERS)
    return list(sent.order_by("pk").values_list("kind", flat=True))


def sweep(moment: datetime) -> int:
    with clock.at(moment):
        return remind_of_tasks(SYSTEM)


def test_its_post_is_reminded_as_the_time_runs_out_and_the_office_hears_that_it_is_late(town: Town) -> None:
    found = task(town, limit="2wd")
    assert sweep(WEDNESDAY + timedelta(hours=1)) == 0
    for _share in range(3):
        moment = Task.objects.get(pk=found.pk).remind_at
        assert moment and WEDNESDAY < moment <= found.due_at
        assert sweep(moment) == 1 and sweep(moment) == 0
    assert heard(town, POST) == ["task.half_time", "task.little_time", "task.late"]
    assert heard(town, OFFICE) == ["task.late_given"]
    assert Task.objects.get(pk=found.pk).remind_at is None


def test_what_was_missed_is_told_once_as_it_stands(town: Town) -> None:
    found = task(town)
    assert sweep(found.due_at + timedelta(hours=1)) == 1
    assert heard(town, POST) == ["task.late"]


@pytest.mark.parametrize(
    ("steps", "note"), [(("ask",), "哪一栋"), (("refuse",), "不在清单"), (("take", "hand_in"), "已清运")]
)
def test_its_office_is_reminded_while_its_word_is_waited_for(
    town: Town, steps: tuple[str, ...], note: str
) -> None:
    found = task(town)
    for step in steps:
        move_task(town.viewer(POST), found.number, step, note)
    assert sweep(WEDNESDAY + timedelta(hours=2)) == 0
    assert sweep(WEDNESDAY + timedelta(days=2)) == 1 and sweep(WEDNESDAY + timedelta(days=3)) == 0
    assert (heard(town, OFFICE), heard(town, POST)) == (["task.reply_waits"], [])


def test_once_the_office_has_answered_its_post_is_reminded_again(town: Town) -> None:
    found = task(town, limit="2wd")
    move_task(town.viewer(POST), found.number, "ask", "哪一栋")
    move_task(town.viewer(OFFICE), found.number, "answer", "三栋")
    assert sweep(found.due_at) == 1
    assert (heard(town, OFFICE), heard(town, POST)) == (["task.late_given"], ["task.late"])


def test_nobody_is_reminded_of_what_is_over(town: Town) -> None:
    found = task(town)
    move_task(town.viewer(OFFICE), found.number, "withdraw", "不需要了")
    assert sweep(found.due_at + timedelta(days=9)) == 0 and not heard(town, POST)


def test_nobody_is_reminded_of_what_was_sealed_since(town: Town) -> None:
    found = task(town)
    Matter.objects.filter(pk=found.matter_id).update(sealed=2, confidential=True, words="")
    sweep(found.due_at + timedelta(days=1))
    assert not heard(town, POST) and not heard(town, OFFICE)


def test_only_the_program_reminds(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        remind_of_tasks(town.viewer("street_officer"))
