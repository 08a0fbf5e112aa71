"""Makes the files of a database cluster, and refuses those of another major version."""

import os
import shutil
import subprocess
from pathlib import Path

from shige.trust.whole_file import write_whole

from ..processes.leash import spawn
from ..refusal import Refusal
from .account import Account
from .binaries import CARRIED, program
from .roles import SUPERUSER

# Written into postgresql.conf once, for a machine of 2 cores and 4 GB; the operator may change them there.
_TUNING = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "128MB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "max_connections": "100",
    "log_checkpoints": "off",
    "idle_in_transaction_session_timeout": "10min",
}


def make_files(target: Path, account: Account, password: str, major: int, durable: bool) -> None:
    """Make a cluster in `target`: UTF-8, code-point order, checksums, passwords by SCRAM.

    Made beside its place and renamed into it, so that a half-made cluster is never taken for a whole one.

    Parameters
    ----------
    target : Path
        A folder that does not exist yet, in a folder of the account's.
    account : Account
        Whom the files belong to.
    password : str
        The superuser's.
    major : int
        PostgreSQL's version, one of `CARRIED`.
    durable : bool
        Whether the files are on the disk, not only on their way to it, when this returns.
    """
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    secret = target.with_name("initdb.password")
    write_whole(secret, password)
    account.own(secret)
    try:
        _initdb(partial, account, secret, major, durable)
    finally:
        secret.unlink()
    partial.rename(target)


def _initdb(folder: Path, account: Account, secret: Path, major: int, durable: bool) -> None:
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major > 16 else []
    tuning = [f"--set={name}={value}" for name, value in _TUNING.items()]
    run_program(
        [
            program("initdb", major),
            f"--pgdata={folder}",
            f"--username={SUPERUSER}",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--locale=C",
            *locale,
            "--data-checksums",
            "--auth=scram-sha-256",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
            *tuning,
        ],
        account,
    )


def run_program(argv: list[str | Path], account: Account) -> None:
    """Run one PostgreSQL program to its end; Refusal with its words when it fails."""
    process = spawn(argv, env=server_environment(), account=account, output=subprocess.PIPE)
    said, _ = process.communicate()
    if process.returncode:
        raise Refusal(f"{Path(argv[0]).name} failed:\n{said.decode(errors='replace').strip()}")


def server_environment() -> dict[str, str]:
    """Give the server our environment without what would steer PostgreSQL from outside."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}


def major_of(files: Path) -> int:
    """Read the major version of a cluster's files; Refusal when they are not a cluster."""
    try:
        return int((files / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise Refusal(f"{files} is not a database cluster: move it away, or restore a backup.") from None


def check_major(files: Path, wanted: int, data: Path) -> None:
    """Refuse a cluster of another major version, naming the command that upgrades it."""
    major = major_of(files)
    if major == wanted:
        return
    refused = f"{files} was made by PostgreSQL {major}; this program runs PostgreSQL {wanted}."
    if major in CARRIED:
        raise Refusal(f"{refused} Upgrade it with: shige upgrade-database --data {data}")
    raise Refusal(
        f"{refused} With the release that made it run: shige backup FILE --data {data}; "
        f"then move {data} away and run here: shige restore FILE --data {data}"
    )


def check_no_interrupted_upgrade(files: Path, data: Path) -> None:
    """Refuse to make an empty cluster where an upgrade was cut short between its two renamings."""
    if files.name == "cluster" and any(files.parent.glob("cluster-*")):
        raise Refusal(f"An upgrade was interrupted. Finish it with: shige upgrade-database --data {data}")
