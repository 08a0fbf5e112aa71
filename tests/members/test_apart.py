"""Members and residents never meet: held by the database and by the import graph (R11)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

import shige
from shige.machine.database.cluster import Cluster
from shige.machine.database.roles import MEMBERS, SUPERUSER, check_members
from shige.machine.refusal import Refusal
from shige.members.apart import register_open
from shige.members.models import Invitation, Member

SOURCES: Final = Path(shige.__file__).parent
REFUSED: Final = "permission denied"
NUMBERS: Final = {"organisation", "grid", "person"}
"""What ties an entry to the rest of the program: numbers of an organisation, a grid, a person at work."""


def rows(url: str, query: str, *given: object) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as opened:
        return opened.execute(query, given).fetchall()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "act", ["SELECT count(*) FROM {}", "DELETE FROM {}", "UPDATE {} SET organisation = 1"]
)
@pytest.mark.parametrize("table", ["members.members_member", "members.members_invitation"])
def test_the_ordinary_role_is_refused_by_the_database(db: None, table: str, act: str) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_inside_the_register_no_other_table_is_open(db: None, database_cluster: Cluster) -> None:
    every = rows(
        database_cluster.owner_url, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
    )
    assert len(every) > 50
    for (table,) in every:
        with pytest.raises(ProgrammingError, match=REFUSED), register_open(), connection.cursor() as cursor:
            cursor.execute(f'SELECT 1 FROM public."{table}"')
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('search_path')")
        assert cursor.fetchone() == ("shige", "public")


def test_after_a_block_its_rights_are_gone_and_nested_ones_go_back(db: None) -> None:
    with register_open():
        with register_open():
            assert not Member.objects.exists()
        assert not Invitation.objects.exists()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Member.objects.exists()
    with pytest.raises(RuntimeError), register_open():
        raise RuntimeError
    with pytest.raises(ProgrammingError), transaction.atomic():
        Member.objects.exists()


def test_no_column_leads_to_another_schema(database_cluster: Cluster) -> None:
    url = database_cluster.owner_url
    leading = rows(
        url,
        "SELECT conname FROM pg_constraint AS k JOIN pg_class AS a ON a.oid = k.conrelid"
        " JOIN pg_class AS b ON b.oid = k.confrelid WHERE k.contype = 'f'"
        " AND 'members'::regnamespace IN (a.relnamespace, b.relnamespace)",
    )
    columns = rows(
        url,
        "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns"
        " WHERE table_schema = 'members'",
    )
    assert leading == [] and columns
    numbers = {name for _table, name, kind in columns if kind == "bigint"}
    assert numbers == NUMBERS
    assert not [name for _table, name, _kind in columns if "address" in str(name) or "door" in str(name)]


def test_nobody_signs_in_as_the_registers_role_and_it_has_rights_nowhere_else(
    database_cluster: Cluster,
) -> None:
    url = database_cluster.url(SUPERUSER)
    assert rows(url, "SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = %s", MEMBERS) == [
        (False, False)
    ]
    granted = rows(
        url,
        "SELECT DISTINCT table_schema::text FROM information_schema.role_table_grants WHERE grantee = %s",
        MEMBERS,
    )
    assert granted == [("members",)]
    guarded = rows(
        url,
        "SELECT bool_and(relrowsecurity AND relforcerowsecurity) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'members'::regnamespace",
    )
    assert guarded == [(True,)]


def imported(room: str) -> Iterator[tuple[Path, str]]:
    """Yield every module that a room's files name in an import."""
    for path in (SOURCES / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield path, node.module
            elif isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)


def test_the_room_imports_nothing_of_residents_and_only_frame_and_sample_import_it() -> None:
    rooms = {module.split(".")[1] for _path, module in imported("members") if module.startswith("shige.")}
    assert rooms <= {"members", "redline", "territory", "files", "machine", "trust", "language", "profile"}
    every = [room.name for room in SOURCES.iterdir() if room.is_dir() and room.name != "members"]
    who = {room for room in every for _path, module in imported(room) if module.startswith("shige.members")}
    assert who <= {"project", "rehearsal"}


def test_an_operators_database_without_the_role_is_refused_with_what_mends_it(
    database_cluster: Cluster,
) -> None:
    with psycopg.connect(database_cluster.owner_url) as owner:
        check_members(owner, "shige")
    with psycopg.connect(database_cluster.url(SUPERUSER)) as superuser:
        superuser.execute("CREATE ROLE inheriting LOGIN")
        superuser.execute(f"GRANT {MEMBERS} TO inheriting")
        with pytest.raises(Refusal, match="GRANT shige_members TO inheriting"):
            check_members(superuser, "inheriting")
        superuser.execute("CREATE ROLE outside LOGIN")
        with pytest.raises(Refusal, match="CREATE ROLE shige_members NOLOGIN"):
            check_members(superuser, "outside")
        superuser.rollback()
