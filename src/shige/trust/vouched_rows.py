"""Rows that the journal vouches for: who looked at what. A hash of each stands in the entry that tells of it.

A room declares its own in ``apps.py``. The row itself may hold what the journal must not (the reason of a
reading); removed, changed or added behind the program's back, it no longer fits the journal.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Model

from .entry_stamp import micros

FACT: Final = "kept"
"""Where an entry's facts say which row it vouches for."""

KEPT: dict[type[Model], tuple[str, ...]] = {}
"""The columns of each model that are hashed, in their order."""

GUARDS: dict[tuple[str, str], str] = {}
"""By table and name: the trigger that keeps its rows as they were written, and the hash of what it does."""


def vouch_for(model: type[Model], *columns: str) -> None:
    """Declare that every row of a model, which has a moment ``at``, is hashed into the journal."""
    KEPT[model] = columns


def guarded_by(model: type[Model], trigger: str, source: str) -> None:
    """Declare which trigger the migrations put on a table, with the SHA-256 (hex) of its function's body."""
    GUARDS[model._meta.db_table, trigger] = source


def check_kept(rows: Sequence[Model]) -> None:
    """Look whether rows that were just written are there.

    Raises
    ------
    RuntimeError
        One is not: a trigger or rule of somebody else has swallowed it.
    """
    if rows and type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).count() != len(rows):
        raise RuntimeError(f"{rows[0]._meta.db_table} does not keep what is written to it")


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
