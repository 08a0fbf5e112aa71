"""The embedded PostgreSQL: one cluster in the data folder, for the case without a DATABASE_URL."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import make_conninfo

from ..processes.leash import spawn
from ..processes.lock import InUse, hold
from ..refusal import Refusal
from .account import Account, check_reachable, server_account
from .binaries import MAJOR, program
from .credentials import Credentials, load_credentials, make_credentials
from .initdb import check_major, check_no_interrupted_upgrade, make_files, server_environment
from .leftovers import end_servers
from .roles import DATABASE, OWNER, PROGRAM, SUPERUSER, grant_program, make_database, make_roles
from .sockets import PORT, make_socket_folder, socket_folder

STOP = signal.SIGINT  # PostgreSQL's fast shutdown: ends connections, writes a checkpoint
_RECOVERY = 600.0
_SHUTDOWN = 60.0


NO_WORDS: Final = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""A statement that fails quotes rows and with them residents' words: the server's log gets none of them (P6).
What went wrong is known to the program, which writes down its kind and place."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The database cluster of one data folder.

    Parameters
    ----------
    data : Path
        The data folder of the program; the cluster lies in ``postgresql`` inside it.
    settings : mapping
        Server settings above those of ``postgresql.conf``.
    major : int
        PostgreSQL's version; another than the current one only to upgrade from it.
    folder : str
        Where in ``postgresql`` the files are; another than the usual one only while they are being made.
    """

    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    major: int = MAJOR
    folder: str = "cluster"

    @property
    def home(self) -> Path:
        """The folder of the server's account."""
        return self.data.absolute() / "postgresql"

    @property
    def files(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.home / self.folder

    @property
    def account(self) -> Account:
        """Whom the server runs as."""
        return server_account(self.home)

    @property
    def credentials(self) -> Credentials:
        """The passwords of the roles; Refusal where their file is lost."""
        path = self._passwords
        try:
            return load_credentials(path)
        except FileNotFoundError:
            raise Refusal(f"{path}, with the passwords of the database, is missing: put it back.") from None

    @property
    def owner_url(self) -> str:
        """The address for migrations."""
        return self.url(OWNER)

    @property
    def program_url(self) -> str:
        """The address that the program works with."""
        return self.url(PROGRAM)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Give the address of a database for a role, over the private socket."""
        secret = self.credentials
        password = {SUPERUSER: secret.superuser, OWNER: secret.owner, PROGRAM: secret.program}[role]
        query = urlencode({"host": str(socket_folder(self.home)), "port": PORT})
        return f"postgresql://{role}:{quote(password)}@/{quote(database)}?{query}"

    def prepare(self) -> None:
        """Make what is missing for a start; the caller holds the data folder.

        Raises
        ------
        Refusal
            The files are of another major version, the passwords are lost, or no account can reach them.
        """
        account = self.account
        make_data_folder(self.data)
        self.home.mkdir(mode=0o700, exist_ok=True)
        account.own(self.home)
        check_reachable(self.files, account)
        check_reachable(program("postgres", self.major), account)
        make_socket_folder(self.home, account)
        if not self.files.exists():
            check_no_interrupted_upgrade(self.files, self.data)
            secret = self.credentials if self._passwords.exists() else make_credentials(self._passwords)
            durable = self.settings.get("fsync") != "off"
            make_files(self.files, account, secret.superuser, self.major, durable)
        check_major(self.files, self.major, self.data)
        end_servers(self.files)

    def command(self) -> list[str | Path]:
        """Give the command of the server, to be run in the foreground as `account`."""
        fixed = {
            "unix_socket_directories": str(socket_folder(self.home)),
            "unix_socket_permissions": "0700",
            "listen_addresses": "",
            "port": str(PORT),
            "timezone": "UTC",
            "lc_messages": "C",
            "log_line_prefix": "database | %m [%p] ",
            **NO_WORDS,
        }
        flags = [f"--{name}={value}" for name, value in {**fixed, **self.settings}.items()]
        return [program("postgres", self.major), "-D", self.files, *flags]

    def is_ready(self) -> bool:
        """Tell whether the server accepts connections, recovery behind it."""
        dsn = make_conninfo(host=str(socket_folder(self.home)), port=PORT, connect_timeout=2)
        return psycopg.pq.PGconn.ping(dsn.encode()) == psycopg.pq.Ping.OK

    def make_roles(self) -> None:
        """Make the roles, the database and the rights where they are missing; the server is running."""
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            make_roles(connection, self.credentials)
            make_database(connection)
        with psycopg.connect(self.owner_url) as connection:
            grant_program(connection)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Run the server for the time of a block; the caller holds the data folder."""
        self.prepare()
        process = spawn(self.command(), env=server_environment(), account=self.account, farewell=STOP)
        try:
            self._await_ready(process)
            self.make_roles()
            yield
        finally:
            process.send_signal(STOP)
            try:
                process.wait(_SHUTDOWN)
            finally:
                process.kill()

    @contextmanager
    def available(self) -> Iterator[None]:
        """Have the server for the time of a block: the one that `shige up` runs, else one of our own."""
        make_data_folder(self.data)
        with ExitStack() as stack:
            try:
                stack.enter_context(hold(self.data))
            except InUse:
                if not self.is_ready():
                    raise
            else:
                stack.enter_context(self.serving())
            yield

    def _await_ready(self, process: subprocess.Popen[bytes]) -> None:
        # A large database recovers for minutes after a hard stop: patience is right, giving up is not.
        end = time.monotonic() + _RECOVERY
        pause = 0.02
        while not self.is_ready():
            if process.poll() is not None:
                raise Refusal("The database did not start: its reason stands in the lines above.")
            if time.monotonic() > end:
                raise Refusal(f"The database was not ready within {_RECOVERY:.0f} s.")
            time.sleep(pause)
            pause = min(1.5 * pause, 1.0)  # each question during a recovery is a line in the log

    @property
    def _passwords(self) -> Path:
        return self.data.absolute() / "database.json"


def make_data_folder(data: Path) -> None:
    """Make the data folder: ours alone, and for root passable (not readable) for the server's account."""
    if not data.exists():
        data.mkdir(parents=True)
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
