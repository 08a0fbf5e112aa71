"""The list of matters, page by page by the date on which each is due."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer

from ..acting import own_posts, seen_by
from ..models import Matter
from .rows import Row, late, rows_in_turn, rows_of

MOST: Final = 200
EXPORT_MOST: Final = 20_000
OPEN, DONE, ALL = "open", "done", "all"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list is narrowed to; ``state`` is one of the states, or ``open``, ``done``, ``all``."""

    state: str = OPEN
    tier: str = ""
    category: str = ""
    grid: int | None = None
    late: bool = False
    mine: bool = False
    unassigned: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list and the cursor of the next page; empty at the end."""

    rows: list[Row]
    next_cursor: str


def matter_list(viewer: Viewer, chosen: Chosen, cursor: str = "", limit: int = 50) -> Page:
    """Return a page of what ``viewer`` may see, the soonest due first; one statement.

    Raises
    ------
    ValidationError
        The cursor is not one that this list gave out.
    """
    limit = max(1, min(limit, MOST))
    matters = _narrowed(viewer, chosen)
    if cursor:
        due, key = read_cursor(cursor)
        matters = matters.filter(Q(next_at__gte=due), Q(next_at__gt=due) | Q(pk__gt=key))
    rows = rows_of(matters[: limit + 1])
    return Page(rows[:limit], write_cursor(rows[limit - 1]) if len(rows) > limit else "")


def matters_to_export(viewer: Viewer, chosen: Chosen) -> Iterator[Row]:
    """Yield everything that a list holds, for a file."""
    return rows_in_turn(_narrowed(viewer, chosen)[:EXPORT_MOST])


def write_cursor(row: Row) -> str:
    """Return the place after a line as text for an address."""
    return base64.urlsafe_b64encode(f"{row.next_at.isoformat()} {row.key}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """Read what ``write_cursor`` wrote."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        due, key = text.split(" ")
        moment = datetime.fromisoformat(due)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment, int(key)
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise ValidationError({"cursor": _("This is no cursor of this list.")}) from error


def _narrowed(viewer: Viewer, chosen: Chosen) -> QuerySet[Matter]:
    filters = _of_state(chosen.state)
    if chosen.tier:
        filters &= Q(tier=chosen.tier)
    if chosen.category:
        code = chosen.category
        filters &= Q(category=code) if "." in code else Q(category=code) | Q(category__startswith=f"{code}.")
    if chosen.grid is not None:
        columns = ("street", "community", "general", "leaf")
        filters &= Q.create([(f"{column}_id", chosen.grid) for column in columns], connector=Q.OR)
    if chosen.late:
        filters &= late()
    if chosen.mine:
        filters &= Q(owner__in=sorted(own_posts(viewer)))
    if chosen.unassigned:
        filters &= Q(community=None, leaf=None)
    if chosen.number:
        filters &= Q(number__contains=chosen.number)
    return Matter.objects.filter(seen_by(viewer), filters).order_by("next_at", "pk")


def _of_state(state: str) -> Q:
    if state == ALL:
        return Q()
    if state in (OPEN, DONE):
        return Q(open=state == OPEN)
    return Q(state=state)
