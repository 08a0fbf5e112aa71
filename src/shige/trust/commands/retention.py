"""The clock by which retention deletes: the database's, refused while it jumps (P6).

A clock that was set wrong by a year would delete in one night what has to be kept for three.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from ..gate import Viewer
from ..models import RetentionClock
from .journal import record

LONGEST: Final = timedelta(days=1)
"""How far the clock may go, forth or back, between two looks; there is one every hour."""


class ClockJumpedError(Exception):
    """The database's clock is not where it may be, until the operator has accepted it."""

    def __init__(self, before: datetime, now: datetime) -> None:
        super().__init__(
            f"The database's clock went from {before:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC since "
            "it was last looked at: nothing is deleted. If it is right (perhaps the program stood still), "
            "run `shige retention accept`."
        )


@transaction.atomic
def retention_moment() -> datetime:
    """Return the database's time, by which retention may delete now, and remember it.

    Raises
    ------
    ClockJumpedError
        It went by more than ``LONGEST`` since it was last looked at; nothing is remembered.
    """
    now = _database_time()
    clock = RetentionClock.objects.select_for_update().first()
    if clock is not None and abs(now - clock.seen_at) > LONGEST:
        raise ClockJumpedError(clock.seen_at, now)
    RetentionClock.objects.update_or_create(pk=1, defaults={"seen_at": now})
    return now


@transaction.atomic
def accept_clock(viewer: Viewer) -> datetime:
    """Let retention go on by the database's clock as it is now; the journal says so."""
    now = _database_time()
    RetentionClock.objects.update_or_create(pk=1, defaults={"seen_at": now})
    record(viewer, "retention.clock_accepted", "retention", "clock", 1)
    return now


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
