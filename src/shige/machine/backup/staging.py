"""A second schema in which a restored database is made whole, before it takes the place of the one in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import sql

from ..refusal import Refusal

STAGING: Final = "restoring"
STAGED_MEMBERS: Final = f"{STAGING}_members"
"""The members' register beside it: migrations make its schema by the name of the one that they work in."""

ROWS: Final = "SELECT, INSERT, UPDATE, DELETE"
"""What the program may do with tables; what a migration takes away stays away."""

PATIENCE: Final = "SET lock_timeout = '15s'"

OURS: Final = {
    "TABLE": "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = {0}"
    " AND relowner = current_user::regrole",
    "ROUTINE": "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = {0}"
    " AND proowner = current_user::regrole",
    "TYPE": "SELECT oid::regtype FROM pg_type WHERE typnamespace = {0} AND typowner = current_user::regrole"
    " AND typtype IN ('e', 'd', 'r')",
}
"""What migrations make, by what it is called in a statement: rows, indexes and sequences go with tables."""


@contextmanager
def staging(url: str, program: str) -> Iterator[None]:
    """Have an empty schema of the connected owner's for a block; ``program`` has its rights in it.

    Raises
    ------
    Refusal
        The owner may not make one.
    """
    try:
        with psycopg.connect(url) as connection:
            connection.execute(PATIENCE)
            _drop(connection)  # of a restore that was cut short
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(STAGING)))
            _grant(connection, program)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refusal(
            f"Nothing was restored: {error.diag.message_primary}. Let the owner of the tables make a schema "
            "(as administrator: GRANT CREATE ON DATABASE ... TO ...)."
        ) from None
    try:
        yield
    finally:
        clear(url)


def holds_tables(url: str) -> bool:
    """Tell whether the schema is there and holds tables, which is so until they take their place."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_tables WHERE schemaname = %s LIMIT 1", [STAGING]
        ).fetchone()
    return found is not None


def clear(url: str) -> None:
    """Drop the schema with what a restore left in it that was cut short."""
    with psycopg.connect(url) as connection:
        connection.execute(PATIENCE)
        _drop(connection)


def take_place(url: str) -> None:
    """Put all that was made in the place of what the connected owner has, in one step.

    Raises
    ------
    Refusal
        Something that is not the owner's stands in the way; the database is as before.
    psycopg.Error
        The connection broke: nobody knows whether it is done.
    """
    try:
        with psycopg.connect(url) as connection:
            connection.execute(PATIENCE)
            for kind in OURS:
                for name in _named(connection, kind, "public"):
                    connection.execute(f"DROP {kind} IF EXISTS {name} CASCADE")
            for kind in ("TYPE", "ROUTINE", "TABLE"):
                for name in _named(connection, kind, STAGING):
                    connection.execute(f"ALTER {kind} {name} SET SCHEMA public")
            connection.execute("DROP SCHEMA IF EXISTS members CASCADE")
            connection.execute(f"ALTER SCHEMA {STAGED_MEMBERS} RENAME TO members")
    except psycopg.Error as error:
        if error.sqlstate is None:
            raise
        raise Refusal(f"Nothing was restored, the database is as it was: {error}") from None


def _named(connection: psycopg.Connection, kind: str, schema: str) -> list[str]:
    """Return the names of what the owner has of a kind, as a statement takes them."""
    connection.execute("SET LOCAL search_path = ''")  # every name is said with its schema
    query = OURS[kind].format(f"'{schema}'::regnamespace")
    return [name for (name,) in connection.execute(f"SELECT found::text FROM ({query}) AS ours (found)")]  # noqa: S608


def _grant(connection: psycopg.Connection, program: str) -> None:
    owner = connection.info.user
    if owner == program:
        return
    for statement in (
        "GRANT USAGE ON SCHEMA {0} TO {1}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {{0}} GRANT {ROWS} ON TABLES TO {{1}}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {0} GRANT USAGE, SELECT ON SEQUENCES TO {1}",
    ):
        connection.execute(sql.SQL(statement).format(sql.Identifier(STAGING), sql.Identifier(program)))


def _drop(connection: psycopg.Connection) -> None:
    for schema in (STAGED_MEMBERS, STAGING):
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))
