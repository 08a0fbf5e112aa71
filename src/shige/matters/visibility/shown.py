"""The words of ordinary matters that one request shows: gathered as they are read, put on record once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Shown:
    """Keys of matters in lists, and of those with a page of their own, with the duty of whoever reads."""

    listed: set[int] = field(default_factory=set)
    opened: dict[int, str] = field(default_factory=dict)


_gathered: ContextVar[Shown | None] = ContextVar("shown", default=None)


@contextmanager
def gathering() -> Iterator[Shown]:
    """Gather what is shown inside the block."""
    shown = Shown()
    token = _gathered.set(shown)
    try:
        yield shown
    finally:
        _gathered.reset(token)


def note_listed(key: int) -> None:
    """Note that a line with words of a matter is shown, where somebody gathers."""
    if (shown := _gathered.get()) is not None:
        shown.listed.add(key)


def note_opened(key: int, why: str) -> None:
    """Note that a matter's own page shows its words to somebody with a duty, where somebody gathers."""
    if (shown := _gathered.get()) is not None:
        shown.opened[key] = why


def nothing_shown() -> None:
    """Say that lines were read for something without their words, such as a file of dates."""
    if (shown := _gathered.get()) is not None:
        shown.listed.clear()
