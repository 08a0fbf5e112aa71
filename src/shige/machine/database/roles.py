"""The database roles: an owner that migrates, an ordinary one that the program works as, and one set apart.

The members' register lies in a schema of its own, on which the ordinary role has no rights. It may become the
role that has them, which in turn has none on anything else (R11).
"""

from typing import Final

from psycopg import Connection, sql

from ..refusal import Refusal
from .credentials import Credentials

SUPERUSER = "postgres"
OWNER = "shige_owner"
PROGRAM = "shige"
MEMBERS: Final = "shige_members"
"""Reaches the members' register, and nothing beside it; nobody signs in as this role."""

DATABASE = "shige"
OLDEST = 150000


def make_roles(connection: Connection, credentials: Credentials) -> None:
    """Make the roles where they are missing; the connection is the superuser's, in autocommit."""
    for name, password in ((OWNER, credentials.owner), (PROGRAM, credentials.program)):
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        if not found:
            connection.execute(
                sql.SQL(
                    "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {}"
                ).format(sql.Identifier(name), password)
            )
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [MEMBERS]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(MEMBERS)))
    roles = sql.SQL(", ").join(map(sql.Identifier, (OWNER, PROGRAM)))
    connection.execute(
        sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(sql.Identifier(MEMBERS), roles)
    )


def make_database(connection: Connection, name: str = DATABASE) -> None:
    """Make a database of the owner's where it is missing, closed to all but the two roles."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if not found:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(OWNER)
            )
        )
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(PROGRAM))
    )


def grant_program(connection: Connection, program: str = PROGRAM) -> None:
    """Let the program's role work on all that the connected owner has made and will make.

    It reads and writes rows; it makes, alters, drops and empties no table. Done once for a database, so
    that a right which a migration takes away stays away.
    """
    done = connection.execute(
        "SELECT 1 FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclrole = current_user::regrole"
        " AND grantee = %s::regrole",
        [sql.Identifier(program).as_string(connection)],
    ).fetchone()
    if done:
        return
    rows = "SELECT, INSERT, UPDATE, DELETE ON"
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        f"GRANT {rows} ALL TABLES IN SCHEMA public TO {{}}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rows} TABLES TO {{}}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        connection.execute(sql.SQL(statement).format(sql.Identifier(program)))


def check_role(connection: Connection) -> None:
    """Refuse a server that is too old and a role for which row-level security would not hold.

    Raises
    ------
    Refusal
        PostgreSQL is older than 15, or the connected role is (or may become) SUPERUSER or BYPASSRLS.
    """
    if connection.info.server_version < OLDEST:
        version = connection.info.server_version // 10000
        raise Refusal(f"PostgreSQL {version} is too old: DATABASE_URL needs version 15 or later.")
    powers = connection.execute(
        "SELECT current_user, rolname, rolsuper FROM pg_roles"
        " WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER')"
        " ORDER BY rolname <> current_user LIMIT 1"
    ).fetchone()
    if powers:
        user, role, superuser = powers
        power = "SUPERUSER" if superuser else "BYPASSRLS"
        via = "" if role == user else f" through its membership in {role}"
        raise Refusal(
            f"The database role {user} is {power}{via}: row-level security would not hold for it. Give "
            "DATABASE_URL an ordinary role, and SHIGE_OWNER_DATABASE_URL the one that owns the tables."
        )


def check_members(connection: Connection, program: str) -> None:
    """Refuse an operator's database in which the members' register would not be set apart (R11).

    The connection is the owner's.

    Raises
    ------
    Refusal
        The role is missing, program or owner may not become it, the program has its rights without doing
        so, or the owner may not make the schema; the message has the statements that mend it.
    """
    info = connection.info
    found = connection.execute(
        "SELECT pg_has_role(%(program)s, oid, 'MEMBER') AND NOT pg_has_role(%(program)s, oid, 'USAGE')"
        " AND pg_has_role(current_user, oid, 'MEMBER')"
        " AND (to_regnamespace('members') IS NOT NULL"
        " OR has_database_privilege(current_database(), 'CREATE'))"
        " FROM pg_roles WHERE rolname = %(role)s",
        {"program": program, "role": MEMBERS},
    ).fetchone()
    if found == (True,):
        return
    both = ", ".join(dict.fromkeys((program, info.user)))
    apart = f"GRANT {MEMBERS} TO {both} WITH INHERIT FALSE;"
    if info.server_version < 160000:
        apart = f"ALTER ROLE {program} NOINHERIT; GRANT {MEMBERS} TO {both};"
    raise Refusal(
        "The members' register is reached through a database role of its own, which is missing here. As "
        f"administrator: CREATE ROLE {MEMBERS} NOLOGIN; {apart} "
        f"GRANT CREATE ON DATABASE {info.dbname} TO {info.user};"
    )
