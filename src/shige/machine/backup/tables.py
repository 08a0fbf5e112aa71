"""The rows of a database as files in PostgreSQL's text format of COPY: data, which cannot carry commands."""

import re
from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from pydantic import BaseModel

from ..refusal import Refusal

SCHEMAS: Final = ("public", "members")
"""Where the program's tables are; the second is the members' register (R11)."""

NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
"""What tables are called, so that their names are names of files."""

PLAIN: Final = (
    "SET client_encoding = 'UTF8'",
    "SET datestyle = 'ISO'",
    "SET intervalstyle = 'postgres'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
    "SET timezone = 'UTC'",
)
"""How values are written and read, whatever a server is set to."""


class Table(BaseModel):
    """One table; ``counters`` are the columns that count on: last number, whether it was used."""

    columns: list[str]
    rows: int
    counters: dict[str, tuple[int, bool]]


class Contents(BaseModel):
    """What is kept of a database: as of when by its own clock, made by which migrations, which tables."""

    as_of: datetime
    migrations: list[tuple[str, str]]
    tables: dict[str, Table]


def write_tables(url: str, folder: Path, without: Container[str]) -> Contents:
    """Write all rows as of one moment, each table as ``NAME.copy`` into a folder.

    Parameters
    ----------
    url : str
        The address of a role that may see every row.
    without : container of str
        Tables whose rows stay out.

    Raises
    ------
    Refusal
        Row-level security hides rows from the role, or the database holds what the program did not make.
    """
    folder.mkdir()
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for setting in PLAIN:
            connection.execute(setting)
        check_sees_all(connection)
        as_of = connection.execute("SELECT now()").fetchone()
        assert as_of  # noqa: S101
        made = [
            (schema, name, columns)
            for schema in SCHEMAS
            for name, columns in columns_of(connection, schema).items()
        ]
        if ("public", "django_migrations") not in {(schema, name) for schema, name, _ in made}:
            raise Refusal("The database holds no tables of the program: there is nothing to back up.")
        migrations = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        tables = {
            name: Table(
                columns=columns,
                rows=_write(connection, schema, name, columns, folder),
                counters=_counters(connection, schema, name, columns),
            )
            for schema, name, columns in made
            if name not in without
        }
    return Contents(as_of=as_of[0], migrations=migrations, tables=tables)


def columns_of(connection: psycopg.Connection, *schemas: str) -> dict[str, list[str]]:
    """Return the columns of each table of some schemas, less those that the database computes."""
    rows = connection.execute(
        "SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FROM pg_class AS c"
        " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = ANY(%s)"
        " WHERE c.relkind IN ('r', 'p') AND a.attgenerated = ''"
        " GROUP BY c.relname ORDER BY c.relname",
        [list(schemas)],
    )
    return dict(rows.fetchall())


def read_table(connection: psycopg.Connection, name: str, table: Table, source: Path) -> None:
    """Put the rows of a file into an empty table, and let it count on.

    Raises
    ------
    Refusal
        A row cannot be read, or there are not as many as were written.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), names)
    with connection.cursor() as cursor, source.open("rb") as file:
        with cursor.copy(command) as copy:
            while piece := file.read(1 << 20):
                copy.write(piece)
        if cursor.rowcount != table.rows:
            raise Refusal(f"{name} has {cursor.rowcount} rows and should have {table.rows}.")
    for column, (last, used) in table.counters.items():
        connection.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [name, column, last, used]
        )


def check_sees_all(connection: psycopg.Connection) -> None:
    """Refuse a role from which row-level security hides rows."""
    blind = connection.execute(
        "SELECT current_user, relname FROM pg_class WHERE relforcerowsecurity"
        " AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) LIMIT 1"
    ).fetchone()
    if blind:
        role, table = blind
        raise Refusal(
            f"The role {role} may not see every row of {table}: a backup would lack them. Give "
            f"SHIGE_OWNER_DATABASE_URL a role that may (as administrator: ALTER ROLE {role} BYPASSRLS)."
        )


def _write(connection: psycopg.Connection, schema: str, name: str, columns: list[str], folder: Path) -> int:
    if not NAME.fullmatch(name):
        raise Refusal(f"The table {name!r} is none of the program's: take it out of the schema {schema}.")
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    command = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(schema, name), names)
    with connection.cursor() as cursor, (folder / f"{name}.copy").open("wb") as file:
        with cursor.copy(command) as copy:
            for piece in copy:
                file.write(piece)
        return cursor.rowcount


def _counters(
    connection: psycopg.Connection, schema: str, name: str, columns: list[str]
) -> dict[str, tuple[int, bool]]:
    found = {}
    for column in columns:
        row = connection.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [f"{schema}.{name}", column]
        ).fetchone()
        if row and row[0]:
            counted = connection.execute(f"SELECT last_value, is_called FROM {row[0]}").fetchone()  # noqa: S608
            assert counted  # noqa: S101
            found[column] = counted
    return found
