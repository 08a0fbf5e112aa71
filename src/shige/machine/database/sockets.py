"""The private folder of the database's socket."""

import os
import stat
import tempfile
from pathlib import Path

from shige.trust.whole_file import write_whole

from .account import Account

PORT = 5432
# sun_path holds 108 bytes on Linux and 104 on BSD and macOS, with a closing zero.
_LIMIT = 103
_NAME = f".s.PGSQL.{PORT}"


def socket_folder(home: Path) -> Path:
    """Tell where the socket is: inside `home`, or where a path too long for a socket made us put it."""
    inside = home / "socket"
    record = home / "socket.path"
    if _fits(inside) or not record.exists():
        return inside
    return Path(record.read_text())


def make_socket_folder(home: Path, account: Account) -> None:
    """Make the folder that only the server's account enters (0700)."""
    inside = home / "socket"
    if _fits(inside):
        inside.mkdir(mode=0o700, exist_ok=True)
        account.own(inside)
    elif not _is_private(socket_folder(home), account):
        # /tmp by name: the folder for temporary files of this session may itself be too deep.
        made = Path(tempfile.mkdtemp(prefix="shige-", dir="/tmp"))
        account.own(made)
        write_whole(home / "socket.path", str(made), 0o644)


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / _NAME)) <= _LIMIT


def _is_private(folder: Path, account: Account) -> bool:
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return status.st_uid == account.uid and status.st_mode == stat.S_IFDIR | 0o700 and _fits(folder)
