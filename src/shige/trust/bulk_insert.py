"""Insert new rows of several tables with one statement, or many rows of one table.

Django composes an INSERT anew for each row and sends one statement for each table; filing a matter, which
writes up to eight rows, spent half of its processor time on that. Here the text of the statement is composed
once for each combination of models and kept. Columns and values come from the models, so that nothing is
named twice.

psycopg looks for the places of the values anew each time where there are more than fifty, as there are in a
filing; so the statement names them by number, as the server does.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Self

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, ForeignKey, Model
from psycopg import RawCursor

Shape = tuple[tuple[type[Model], bool], ...]
"""The models of the rows in their order, and whether each row brings its own key."""


def insert_together(*rows: Model) -> None:
    """Insert unsaved rows inside the caller's transaction; all are there, or none.

    A row that another one names must carry its key; a key that the database gives is not read back. Values
    that a model sets on saving (``auto_now_add``) are set; signals are not sent.
    """
    shape = tuple((type(row), row.pk is not None) for row in rows)
    values: list[Any] = [value for row in rows for value in _values(row)]
    connection.ensure_connection()
    with connection._prepare_cursor(_Numbered(connection.connection)) as cursor:  # type: ignore[attr-defined]
        cursor.execute(_statement(shape), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


class _Numbered(RawCursor[Any]):
    """A cursor that takes a statement of ours as Django writes it, and keeps it as the server reads it."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Self:
        """Carry a statement out."""
        return super().execute(_numbered(query), params, **how)


@lru_cache(maxsize=128)
def _numbered(statement: str) -> str:
    """Return a statement with ``$1``, ``$2`` for the places of its values; it holds no text."""
    numbers = count(1)
    return re.sub("%s", lambda _: f"${next(numbers)}", statement)


def insert_many(rows: Sequence[Model]) -> None:
    """Insert unsaved rows of one model by COPY in the caller's transaction; their keys are not read back.

    Django's ``bulk_create`` takes twice as long to compose its statement as the database to carry it out.
    """
    if not rows:
        return
    model = type(rows[0])
    names = ", ".join(_quoted(str(field.column)) for field in _fields(model, with_key=False))
    statement = f"COPY {_quoted(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(_values(row))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@lru_cache(maxsize=128)
def _statement(shape: Shape) -> str:
    """Return one INSERT, with those before it as parts of a WITH: foreign keys are checked at the end."""
    *before, last = (_insert(model, with_key=with_key) for model, with_key in shape)
    parts = ", ".join(f"part{number} AS ({insert})" for number, insert in enumerate(before))
    return f"WITH {parts} {last}" if parts else last


def _insert(model: type[Model], *, with_key: bool) -> str:
    names = [_quoted(str(field.column)) for field in _fields(model, with_key=with_key)]
    places = ", ".join(["%s"] * len(names))
    table = _quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 (names are the models')


@lru_cache(maxsize=128)
def _fields(model: type[Model], *, with_key: bool) -> tuple["Field[object, object]", ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if (with_key or not field.primary_key) and not field.generated
    )


Column = tuple[Callable[[Model, bool], object], Callable[..., object]]
"""How a field reads its value from a row, and how it makes it one of the database's."""


@lru_cache(maxsize=128)
def _columns(model: type[Model], *, with_key: bool) -> tuple[Column, ...]:
    """Return the columns of a model; a reference is asked for that of the key which it holds."""
    return tuple(
        (field.pre_save, (field.target_field if isinstance(field, ForeignKey) else field).get_db_prep_value)
        for field in _fields(model, with_key=with_key)
    )


def _values(row: Model) -> list[object]:
    here = connections[DEFAULT_DB_ALIAS]  # itself: through its proxy each field would look it up again
    columns = _columns(type(row), with_key=row.pk is not None)
    values = ((read(row, True), prepare) for read, prepare in columns)
    return [None if value is None else prepare(value, here) for value, prepare in values]
