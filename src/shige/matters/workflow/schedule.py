"""The clock of a matter: when it runs, when it stands, what is due next and when to remind (R22, R25)."""

from datetime import datetime, timedelta
from typing import Final

from shige.profile import Category
from shige.trust.jurisdiction import profile
from shige.worktime import Deadline, deadline, part_of, put_off, resume, worked_between

from .. import clock
from ..categories import category_of_matter, due_at_once
from ..models import Matter, Step
from .deadlines import Dates, calendar, dates
from .workflows import workflow_of


def settle(matter: Matter) -> None:
    """Set what follows from state and dates: ``open``, ``running``, ``next_at`` and the like.

    While a matter waits for its reporter the clock stands: what was left of the time is left afterwards.
    Where nothing was left it goes on: to ask makes nobody late in time. What has no clock has no date
    that could be approximate.
    """
    table = workflow_of(matter.kind)
    phase = table.state(matter.state).phase
    matter.open, matter.running = phase != "done", phase == "open" or _waits_late(matter, phase)
    matter.approximate = matter.approximate and table.timed
    if matter.running and matter.stopped_at is not None:
        _go_on(matter, matter.stopped_at)
        matter.stopped_at = None
    elif not matter.running and matter.stopped_at is None:
        matter.stopped_at = clock.now()
    if matter.state != Matter.State.IN_HAND:
        matter.extension_asked_of_id = None  # whoever has it next asks for themselves
    matter.next_at = next_date(matter, phase)
    matter.remind_at = next_reminder(matter)


def _waits_late(matter: Matter, phase: str) -> bool:
    """Say whether the clock has nothing to stop for: its date had passed before it came to wait."""
    stopping = phase == "waiting" and matter.stopped_at is None and workflow_of(matter.kind).timed
    return stopping and matter.resolve_by < clock.now()


def next_date(matter: Matter, phase: str) -> datetime:
    """Return the date that a matter is listed under: of answer, solution, reporter's word or end.

    What is due at once is late once nobody took it within the profile's ``at_once_minutes``, not before.
    """
    if phase == "asked" and matter.confirm_by:
        return matter.confirm_by
    if phase == "done":
        return matter.closed_at or matter.resolve_by
    unanswered = matter.responded_at is None
    if unanswered and due_at_once(matter):
        return matter.counted_from + timedelta(minutes=profile().feedback.at_once_minutes)
    return min(matter.respond_by, matter.resolve_by) if unanswered else matter.resolve_by


SHARES: Final = (0.5, 0.8, 1.0)
"""At which parts of the time whoever answers is reminded; at the last one also whoever stands above."""


def next_reminder(matter: Matter) -> datetime | None:
    """Return when the next of ``SHARES`` is used up of the time to ``next_at``.

    What has its date behind it, such as what is due ``now``, is late after the profile's ``at_once_minutes``,
    whatever happens meanwhile; None once that was told.
    """
    if not matter.running:
        return None
    if matter.next_at <= clock.now():
        return None if _told_late(matter) else _soon(matter.remind_at)
    if matter.responded_at is None and due_at_once(matter):
        return matter.next_at
    moments = (_used_up(matter, share) for share in SHARES)
    return next((moment for moment in moments if moment > clock.now()), None)


def share_used(matter: Matter) -> float:
    """Return the last of ``SHARES`` that is used up by now, else 0."""
    used = (share for share in reversed(SHARES) if _used_up(matter, share) <= clock.now())
    return next(used, 0.0)


def _told_late(matter: Matter) -> bool:
    return matter.told_late_of is not None and matter.told_late_of >= matter.next_at


def _soon(before: datetime | None) -> datetime:
    soon = clock.now() + timedelta(minutes=profile().feedback.at_once_minutes)
    return min(before or soon, soon)


def _used_up(matter: Matter, share: float) -> datetime:
    if share == 1:
        return matter.next_at
    given = calendar(), matter.counted_from, matter.next_at, share
    return part_of(*given, stood=matter.stood, elapsed=_by_the_clock(category_of_matter(matter)))


def count_anew(matter: Matter) -> None:
    """Let the time of a matter begin now, as where a clock begins to run that it had not before."""
    matter.counted_from, matter.stood, matter.stopped_at = clock.now(), timedelta(), None


def promise_anew(matter: Matter) -> None:
    """Give a matter that is taken up again the whole time of its category, from now."""
    count_anew(matter)
    due = dates(profile(), category_of_matter(matter), clock.now())
    matter.respond_by, matter.resolve_by = due.respond_by, due.resolve_by
    matter.approximate = due.approximate


def redated(matter: Matter, category: Category) -> Dates:
    """Return the dates of a matter by the limits of ``category`` and the calendar of today.

    They count from where its time began; an extension and the time that its clock stood are kept. Whoever
    sets them has ``settle`` follow, which adds a pause that still lasts and sets when to remind.
    """
    due = dates(profile(), category, matter.counted_from)
    solved = Deadline(due.resolve_by, due.approximate)
    for _ in range(_extensions(matter)):
        solved = _extended(category, solved)
    solved = put_off(calendar(), solved, matter.stood, elapsed=_by_the_clock(category))
    return Dates(due.respond_by, solved.due, solved.approximate)


def extended(matter: Matter) -> Deadline:
    """Return the date that an extension leads to: the category's own limit once more."""
    return _extended(category_of_matter(matter), Deadline(matter.resolve_by, matter.approximate))


def _extended(category: Category, before: Deadline) -> Deadline:
    later = deadline(calendar(), before.due, category.resolve, elapsed=_by_the_clock(category))
    return Deadline(later.due, before.approximate or later.approximate)


EXTENDED: Final = ("extend", "grant_extension")
"""The steps by which the date of the solution is put off."""


def _extensions(matter: Matter) -> int:
    """Return how often the time that runs now was extended; one taken up again has its whole time anew."""
    if not matter.extensions:
        return 0
    return Step.objects.filter(matter=matter, action__in=EXTENDED, at__gte=matter.counted_from).count()


def _go_on(matter: Matter, stopped: datetime) -> None:
    """Move the date of the solution by the time that the clock stood, unless it had passed before."""
    if stopped >= matter.resolve_by:
        return
    elapsed = _by_the_clock(category_of_matter(matter))
    before = Deadline(matter.resolve_by, matter.approximate)
    moment = max(clock.now(), stopped)  # a clock that was set back must not shorten anybody's time
    after = resume(calendar(), before, stopped, moment, elapsed=elapsed)
    matter.resolve_by, matter.approximate = after.due, after.approximate
    matter.stood += worked_between(calendar(), stopped, moment, elapsed=elapsed)


def _by_the_clock(category: Category) -> bool:
    return profile().tier(category.tier).elapsed
