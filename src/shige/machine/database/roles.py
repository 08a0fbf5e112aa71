"""The two database roles: an owner that migrates, an ordinary one that the program works as."""

from psycopg import Connection, sql

from ..refusal import Refusal
from .credentials import Credentials

SUPERUSER = "postgres"
OWNER = "shige_owner"
PROGRAM = "shige"
DATABASE = "shige"
OLDEST = 150000


def make_roles(connection: Connection, credentials: Credentials) -> None:
    """Make the two roles where they are missing; the connection is the superuser's, in autocommit."""
    for name, password in ((OWNER, credentials.owner), (PROGRAM, credentials.program)):
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        if not found:
            connection.execute(
                sql.SQL(
                    "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {}"
                ).format(sql.Identifier(name), password)
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
