"""The one clock of this room, so that a past can be replayed and a test can set the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """Return the present moment, or the one that ``at`` has set."""
    return _fixed.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at ``moment`` (aware).

    Raises
    ------
    ValueError
        ``moment`` has no time zone.
    """
    if timezone.is_naive(moment):
        raise ValueError("a moment needs a time zone")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
