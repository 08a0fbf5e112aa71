"""Insert new rows of several tables with one statement.

Django composes an INSERT anew for each row and sends one statement for each table; filing a matter, which
writes up to eight rows, spent half of its processor time on that. Here the text of the statement is composed
once for each combination of models and kept. Columns and values come from the models, so that nothing is
named twice.
"""

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Shape = tuple[tuple[type[Model], bool], ...]
"""The models of the rows in their order, and whether each row brings its own key."""


def insert_together(*rows: Model) -> None:
    """Insert unsaved rows inside the caller's transaction; all are there, or none.

    A row that another one names must carry its key; a key that the database gives is not read back. Values
    that a model sets on saving (``auto_now_add``) are set; signals are not sent.
    """
    shape = tuple((type(row), row.pk is not None) for row in rows)
    values: list[Any] = [value for row in rows for value in _values(row)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(shape), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=128)
def _statement(shape: Shape) -> str:
    """Return one INSERT, with those before it as parts of a WITH: foreign keys are checked at the end."""
    *before, last = (_insert(model, with_key=with_key) for model, with_key in shape)
    parts = ", ".join(f"part{number} AS ({insert})" for number, insert in enumerate(before))
    return f"WITH {parts} {last}" if parts else last


def _insert(model: type[Model], *, with_key: bool) -> str:
    names = [connection.ops.quote_name(str(field.column)) for field in _fields(model, with_key=with_key)]
    places = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 (names are the models')


@lru_cache(maxsize=128)
def _fields(model: type[Model], *, with_key: bool) -> tuple["Field[object, object]", ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if (with_key or not field.primary_key) and not field.generated
    )


def _values(row: Model) -> list[object]:
    fields = _fields(type(row), with_key=row.pk is not None)
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
