"""Fills the fresh tables of a restore, as their owner: a process of its own.

This program's own migrations make the tables, as far as the backup's had come; rows are read into them; later
migrations follow; what was deleted after the backup was made is deleted again. ``PGOPTIONS`` leads to the
schemas in which all this happens. Prints how much was deleted again; refuses with status 3 and a sentence.
"""

import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import django

from ..refusal import Refusal
from .tables import PLAIN, Contents, columns_of, read_table
from .transient import TABLES

if TYPE_CHECKING:
    from psycopg import Connection

REFUSED: Final = 3
MARGIN: Final = timedelta(minutes=10)
"""A deletion that was written down just before the backup may have been committed just after it."""


def main(folder: Path, *schemas: str) -> int:
    """Fill the tables from a folder with ``contents.json`` and a file for each table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shige.project.settings")
    django.setup()
    from django.db import Error

    contents = Contents.model_validate_json((folder / "contents.json").read_text())
    try:
        migrate(contents.migrations)
        fill(contents, folder, schemas)
        migrate(None)
        print(erase_again(contents))
    except (Refusal, Error) as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


def migrate(done: list[tuple[str, str]] | None) -> None:
    """Run migrations: those of the backup, or with None all that there are."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    known = executor.loader.graph.nodes
    if done is None:
        executor.migrate(executor.loader.graph.leaf_nodes())
        return
    if foreign := [key for key in done if key not in executor.loader.disk_migrations and key not in known]:
        raise Refusal(f"The backup has tables of a later version of the program ({min(foreign)[1]}).")
    executor.migrate([(app, name) for app, name in done if (app, name) in known])


def fill(contents: Contents, folder: Path, schemas: Sequence[str]) -> None:
    """Read all tables in one transaction; each must be known, and none may be missing."""
    from django.db import connection, transaction

    with transaction.atomic():
        connection.ensure_connection()
        direct = connection.connection
        check_tables(direct, contents, *schemas)
        for setting in PLAIN:
            direct.execute(setting)
        guarded = _guarded(direct, schemas)
        names = ", ".join(f'"{name}"' for name in columns_of(direct, *schemas))
        direct.execute(f"TRUNCATE {names}")  # what migrations put there themselves
        direct.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in guarded:  # until the end nobody but the owner sees the schemas
            direct.execute(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
        for name in contents.tables:
            direct.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        for name in _in_order(direct, contents, schemas):
            read_table(direct, name, contents.tables[name], folder / f"{name}.copy")
        direct.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in contents.tables:
            direct.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        for name in guarded:
            direct.execute(f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY')


def check_tables(direct: "Connection", contents: Contents, *schemas: str) -> None:
    """Refuse tables and columns that the program's migrations do not make, and a backup that lacks some."""
    made = columns_of(direct, *schemas)
    for name, table in contents.tables.items():
        if name not in made:
            raise Refusal(f"The backup has a table {name} that this program does not know.")
        if set(table.columns) != set(made[name]) or set(table.counters) - set(table.columns):
            raise Refusal(f"The table {name} of the backup has other columns than this program makes.")
    if missing := made.keys() - contents.tables.keys() - TABLES:
        raise Refusal(f"The backup lacks the table {min(missing)}.")


def erase_again(contents: Contents) -> int:
    """Delete what is on the list of what was deleted since the backup; return how much."""
    from django.conf import settings
    from django.db import connection, transaction

    from shige.trust.erasures import erase_all_again, erased_since
    from shige.trust.gate import SYSTEM

    listed = erased_since(settings.SHIGE_ERASURES, contents.as_of - MARGIN)
    if not listed:
        return 0
    with transaction.atomic():
        connection.cursor().execute("ALTER TABLE trust_vaultitem NO FORCE ROW LEVEL SECURITY")
        count = erase_all_again(SYSTEM, listed)
        connection.cursor().execute("ALTER TABLE trust_vaultitem FORCE ROW LEVEL SECURITY")
    return count


def _guarded(direct: "Connection", schemas: Sequence[str]) -> list[str]:
    rows = direct.execute(
        "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = ANY(%s::regnamespace[])",
        [list(schemas)],
    )
    return [name for (name,) in rows.fetchall()]


def _in_order(direct: "Connection", contents: Contents, schemas: Sequence[str]) -> list[str]:
    """Return the tables so that what a constraint that cannot wait points to comes first."""
    rows = direct.execute(
        "SELECT a.relname, b.relname FROM pg_constraint AS k JOIN pg_class AS a ON a.oid = k.conrelid"
        " JOIN pg_class AS b ON b.oid = k.confrelid WHERE k.contype = 'f' AND NOT k.condeferrable"
        " AND a.oid <> b.oid AND a.relnamespace = ANY(%s::regnamespace[])",
        [list(schemas)],
    )
    before: dict[str, set[str]] = {name: set() for name in contents.tables}
    for table, target in rows.fetchall():
        before[table].add(target)
    return list(TopologicalSorter(before).static_order())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
