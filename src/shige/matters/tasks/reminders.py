"""Remind whoever owes the next word about a task: its post by its date, its office in a working day (R26)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shige.profile.limits import parse_limit
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.worktime import deadline, part_of

from .. import clock
from ..categories import category_of_matter
from ..models import Task
from ..workflow.commands.notices import tell_posts
from ..workflow.deadlines import calendar
from ..workflow.schedule import SHARES

BATCH: Final = 50
"""Rows that one transaction locks."""

REPLY: Final = parse_limit("1wd")
"""How long an office may take to answer, to decide on what was returned, or to accept."""

KINDS: Final = {0.5: "task.half_time", 0.8: "task.little_time", 1.0: "task.late"}


def remind_from_now(task: Task) -> datetime | None:
    """Return when to remind first of a task that has just come to whoever owes the next word."""
    if not task.open:
        return None
    if task.with_office:
        return deadline(calendar(), clock.now(), REPLY).due
    return _next(task)


def remind_of_tasks(viewer: Viewer) -> int:
    """Send what is due by now and return how many tasks were looked at; a few rows at a time."""
    if not viewer.system:
        raise PermissionDenied("only the program itself reminds")
    total = 0
    while count := _remind():
        total += count
    return total


@transaction.atomic
def _remind() -> int:
    due = Task.objects.select_for_update(skip_locked=True, of=("self",)).filter(remind_at__lte=clock.now())
    tasks = list(due.select_related("matter").order_by("remind_at", "pk")[:BATCH])
    for task in tasks:
        _tell(task)
        task.remind_at = None if task.with_office else _next(task)
    Task.objects.bulk_update(tasks, ["remind_at"])
    return len(tasks)


def _tell(task: Task) -> None:
    office = [task.matter.owner_id, task.given_by_id]
    if task.with_office:
        _notice("task.reply_waits", task, office)
        return
    used = max((share for share in SHARES if _used_up(task, share) <= clock.now()), default=None)
    if used is not None:
        _notice(KINDS[used], task, [task.post_id])
    if used == 1:
        _notice("task.late_given", task, office)


def _notice(kind: str, task: Task, posts: Sequence[int | None]) -> None:
    tell_posts(kind, "task", task.number, task.matter, posts)


def _next(task: Task) -> datetime | None:
    moments = (_used_up(task, share) for share in SHARES)
    return next((moment for moment in moments if moment > clock.now()), None)


def _used_up(task: Task, share: float) -> datetime:
    """Return when a share of the time of a task is used up."""
    if share == 1:
        return task.due_at
    by_the_clock = profile().tier(category_of_matter(task.matter).tier).elapsed
    return part_of(calendar(), task.given_at, task.due_at, share, elapsed=by_the_clock)
