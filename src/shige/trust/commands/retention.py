"""The clock by which retention deletes: the database's, refused while it jumps (P6).

A clock that was set wrong by a year would delete in one night what has to be kept for three.
"""

from datetime import UTC, datetime, timedelta
from typing import Final, Self

from django.db import transaction

from ..database_clock import database_time
from ..gate import Viewer
from ..models import RetentionClock
from .journal import record

LONGEST: Final = timedelta(days=1)
"""How far the clock may go, forth or back, between two looks; there is one every hour."""


class ClockJumpedError(Exception):
    """The database's clock is not where it may be, until the operator has accepted it."""

    @classmethod
    def since(cls, before: datetime, now: datetime) -> Self:
        """Say that it went too far, forth or back, since it was looked at."""
        return cls(
            f"The database's clock went from {before:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC since "
            "it was last looked at: nothing is deleted. If it is right (perhaps the program stood still), "
            "run `shige retention accept`."
        )

    @classmethod
    def beside(cls, here: datetime, now: datetime) -> Self:
        """Say that it tells another time than the machine of the program."""
        return cls(
            f"The database's clock says {now:%Y-%m-%d %H:%M} UTC, the machine of the program "
            f"{here:%Y-%m-%d %H:%M}: nothing is deleted until both are right."
        )


@transaction.atomic
def retention_moment() -> datetime:
    """Return the database's time, by which retention may delete now, and remember it.

    Raises
    ------
    ClockJumpedError
        It went by more than ``LONGEST`` since it was last looked at, or differs by more from the clock of
        the program's machine; nothing is remembered.
    """
    now, here = database_time(), datetime.now(UTC)
    if abs(now - here) > LONGEST:
        raise ClockJumpedError.beside(here, now)
    clock = RetentionClock.objects.select_for_update().first()
    if clock is not None and abs(now - clock.seen_at) > LONGEST:
        raise ClockJumpedError.since(clock.seen_at, now)
    RetentionClock.objects.update_or_create(pk=1, defaults={"seen_at": now})
    return now


@transaction.atomic
def accept_clock(viewer: Viewer) -> datetime:
    """Let retention go on by the database's clock as it is now; the journal says so."""
    now = database_time()
    RetentionClock.objects.update_or_create(pk=1, defaults={"seen_at": now})
    record(viewer, "retention.clock_accepted", "retention", "clock", 1)
    return now
