"""Rows that many tests begin with: made once for a test process, then put back in one statement."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

from django.db import connection, transaction
from psycopg import sql

Made = TypeVar("Made")

TABLES: Final = """
SELECT table_name::text, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
GROUP BY table_name ORDER BY table_name
"""


@dataclass(frozen=True, slots=True)
class Imprint(Generic[Made]):
    """What a builder wrote into a database without rows of its own, and what it returned.

    The rows come back under the ids that they had. A sequence does not go back with its transaction, so none
    of these ids is given to a row that a test adds.
    """

    statement: str
    made: bytes

    def put(self) -> Made:
        """Write the rows again and return a copy of what the builder returned."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement)
        return cast("Made", pickle.loads(self.made))


def take(build: Callable[[], Made]) -> Imprint[Made]:
    """Let a builder write, keep what it wrote, and take it out of the database again."""
    with transaction.atomic():
        before = _counts()
        made = build()
        after = _counts()
        changed = [table for table in after if after[table] != before[table]]
        assert not any(before[table] for table in changed), "a builder may fill only tables that were empty"
        imprint: Imprint[Made] = Imprint("".join(_insertion(table) for table in changed), pickle.dumps(made))
        transaction.set_rollback(True)
    return imprint


def _columns() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return dict(cursor.fetchall())


def _counts() -> dict[str, int]:
    counts = [
        sql.SQL("SELECT {}, count(*) FROM {}").format(table, sql.Identifier(table)) for table in _columns()
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(counts).as_string(cursor.connection))
        return dict(cursor.fetchall())


def _insertion(table: str) -> str:
    """Return a statement that inserts the present rows of a table, each in PostgreSQL's own notation."""
    name = sql.Identifier(table)
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns()[table]))
    with connection.cursor() as cursor:
        rows = sql.SQL("SELECT quote_literal(array_agg(it)::text) FROM {} AS it").format(name)
        cursor.execute(rows.as_string(cursor.connection))
        literal = cursor.fetchone()[0]
        insertion = sql.SQL("INSERT INTO {0} ({1}) SELECT {1} FROM unnest({2}::{0}[]);\n")
        return insertion.format(name, columns, sql.SQL(literal)).as_string(cursor.connection)
