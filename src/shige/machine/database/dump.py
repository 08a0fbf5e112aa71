"""A cluster of ours as a file on its way into a newer one; backups have a format that carries no commands."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import IO

import psycopg
from psycopg import pq, sql
from psycopg.conninfo import conninfo_to_dict

from ..backup.tables import check_sees_all
from ..refusal import Refusal
from .binaries import program

# pg_dump 18 writes it into every dump; servers before 17 do not know it, and off is their state anyway.
_UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"
_HEADER_LINES = 40


def dump(url: str, target: Path) -> None:
    """Write all rows of a database, as of one moment.

    Parameters
    ----------
    url : str
        The address of a role that may see every row.
    target : Path
        The file, in PostgreSQL's custom format.

    Raises
    ------
    Refusal
        Row-level security hides rows from the role, or pg_dump failed.
    """
    with psycopg.connect(url) as connection:
        check_sees_all(connection)
    _run(["pg_dump", "--format=custom", f"--file={target}"], url)


def load(url: str, owner: str, source: Path) -> None:
    """Put a dump in the place of all that `owner` has in a database: all of it, or on failure nothing.

    Parameters
    ----------
    url : str
        The address of `owner`, or of a role that may become it.
    owner : str
        The role that shall own the tables.
    source : Path
        A file from `dump`.

    Raises
    ------
    Refusal
        The dump could not be read or a statement failed; the database is as before.
    """
    role = sql.Identifier(owner).as_string()
    psql = subprocess.Popen(  # noqa: S603
        [
            program("psql"),
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--file=-",
        ],
        env=_environment(url),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert psql.stdin  # noqa: S101
    broken = ""
    with suppress(BrokenPipeError):  # psql has stopped at a statement that failed, and says which
        psql.stdin.write(f"SET lock_timeout = '15s';\nSET ROLE {role};\nDROP OWNED BY {role};\n".encode())
        broken = _feed(source, psql.stdin)
    if broken:
        psql.kill()  # the end of its input would commit
    _, said = psql.communicate()
    if psql.returncode:
        raise Refusal(f"Nothing was restored, the database is as it was: {broken or said.decode().strip()}")


def is_empty(url: str) -> bool:
    """Tell whether a database has no table of ours."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    return found is None


def user_of(url: str) -> str:
    """Tell the role of an address."""
    with psycopg.connect(url) as connection:
        return connection.info.user


def _feed(source: Path, target: IO[bytes]) -> str:
    """Pass the dump as SQL; gives what went wrong on the way."""
    reader = subprocess.Popen(  # noqa: S603
        [program("pg_restore"), "--no-owner", "--file=-", source],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert reader.stdout and reader.stderr  # noqa: S101
    try:
        for _ in range(_HEADER_LINES):
            line = reader.stdout.readline()
            target.write(b"" if line == _UNKNOWN_BEFORE_17 else line)
        shutil.copyfileobj(reader.stdout, target, 1 << 20)
    finally:
        reader.stdout.close()
        said = reader.stderr.read().decode(errors="replace").strip()
        status = reader.wait()
    return said if status else ""


def _run(argv: list[str], url: str) -> None:
    done = subprocess.run(  # noqa: S603
        [program(argv[0]), *argv[1:]], env=_environment(url), capture_output=True, text=True
    )
    if done.returncode:
        raise Refusal(f"{argv[0]} failed:\n{done.stderr.strip()}")


def _environment(url: str) -> dict[str, str]:
    # By environment and not by argument, which everybody on the machine can read.
    given = conninfo_to_dict(url)
    names = {option.keyword.decode(): option.envvar for option in pq.Conninfo.get_defaults()}
    ours = {names[key].decode(): str(value) for key, value in given.items() if names.get(key)}  # type: ignore[union-attr]
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PG")}, **ours}
