"""Rows that the journal vouches for: who looked at what. A hash of each stands in the entry that tells of it.

A room declares its own in ``apps.py``. The row itself may hold what the journal must not (the reason of a
reading); removed, changed or added behind the program's back, it no longer fits the journal.
"""

import hashlib
import json
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Model

from .entry_stamp import micros

FACT: Final = "kept"
"""Where an entry's facts say which row it vouches for."""

KEPT: dict[type[Model], tuple[str, ...]] = {}
"""The columns of each model that are hashed, in their order."""


def vouch_for(model: type[Model], *columns: str) -> None:
    """Declare that every row of a model, which has a moment ``at``, is hashed into the journal."""
    KEPT[model] = columns


def told_of(row: Model) -> str:
    """Return what an entry's facts say of a row: its table, its moment (microseconds) and its hash."""
    return f"{row._meta.db_table} {micros(row.at)} {row_digest(row)}"  # type: ignore[attr-defined]


def row_digest(row: Model) -> str:
    """Return the hash of a row (hex)."""
    values = [_plain(getattr(row, name)) for name in KEPT[type(row)]]
    text = json.dumps([row._meta.db_table, *values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value) if isinstance(value, UUID) else value
