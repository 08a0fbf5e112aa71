"""The list of matters, page by page by the date on which each is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer
from shige.trust.veil import unveiled, veiled

from ...models import Matter
from ...workflow.actors import seen_by
from .filters import MatterFilter, narrowed
from .keyset import PageRequest, places
from .rows import MatterRow, rows_of

MOST: Final = 200
EXPORT_MOST: Final = 20_000
EXPORT_AT_ONCE: Final = 2_000
BACK: Final = "~"
"""Begins the cursor of what lies before a line."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list and the cursors of the pages beside it; empty at its ends."""

    rows: list[MatterRow]
    next_cursor: str
    previous_cursor: str = ""


def matter_list(viewer: Viewer, chosen: MatterFilter, cursor: str = "", limit: int = 50) -> Page:
    """Return a page of what ``viewer`` may see, the soonest due first; at most five statements.

    Raises
    ------
    ValidationError
        The cursor is not one that this list gave out.
    """
    limit = max(1, min(limit, MOST))
    stretch = PageRequest(limit + 1, read_cursor(cursor) if cursor else None, cursor.startswith(BACK))
    rows = _rows(viewer, chosen, stretch)
    more = len(rows) > limit
    rows = rows[-limit:] if stretch.back else rows[:limit]
    if not rows:
        return Page([], "")
    follows, precedes = (True, more) if stretch.back else (more, bool(cursor))
    return Page(
        rows, write_cursor(rows[-1]) if follows else "", BACK + write_cursor(rows[0]) if precedes else ""
    )


def matters_to_export(viewer: Viewer, chosen: MatterFilter) -> Iterator[MatterRow]:
    """Yield everything that a list holds, at most ``EXPORT_MOST`` lines, for a file."""
    after, count = None, EXPORT_AT_ONCE
    for _turn in range(EXPORT_MOST // EXPORT_AT_ONCE):
        rows = _rows(viewer, chosen, PageRequest(count, after))
        yield from rows
        if len(rows) < count:
            return
        after = rows[-1].next_at, rows[-1].key


def write_cursor(row: MatterRow) -> str:
    """Return the place after a line as text for an address."""
    return cursor_at(row.next_at, row.key)


def cursor_at(date: datetime, key: int) -> str:
    """Return the place after a date and a key as text for an address."""
    return veiled("cursor", f"{date.isoformat()} {key}")


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """Read what ``write_cursor`` wrote."""
    cursor = cursor.removeprefix(BACK)
    try:
        due, key = unveiled("cursor", cursor).split(" ")
        return datetime.fromisoformat(due), int(key)
    except ValueError as error:
        raise ValidationError({"cursor": _("This is no cursor of this list.")}) from error


def typed_cursor(cursor: str) -> str:
    """Return the cursor of an address that somebody may have cut or mistyped; empty where it is none.

    For pages, which then show the first one. A program is told, for it would begin again without end.
    """
    try:
        read_cursor(cursor)
    except ValidationError:
        return ""
    return cursor


def _rows(viewer: Viewer, chosen: MatterFilter, stretch: PageRequest) -> list[MatterRow]:
    """Return the lines of a stretch in the order of dates; the gate looks at each once more."""
    keys = [key for _date, key in places(narrowed(viewer, chosen), stretch)]
    rows = rows_of(Matter.objects.filter(seen_by(viewer), pk__in=keys)) if keys else []
    return sorted(rows, key=lambda row: (row.next_at, row.key))
