"""Which system account runs the database server: PostgreSQL refuses root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ..refusal import Refusal

# An account of the name `shige` keeps the data apart from other services; nothing is ever created for it.
_CANDIDATES = ("shige", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged account of this machine."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Give one file or folder of ours to this account."""
        os.chown(path, self.uid, self.gid)


def server_account(home: Path) -> Account:
    """Choose the account that runs the server whose files lie in `home`.

    Everybody but root runs the server as themselves. For root it is the owner that `home` has already,
    so that an account added later changes nothing, else the first of ``shige``, ``postgres``, ``nobody``.

    Raises
    ------
    Refusal
        No such account exists.
    """
    if os.geteuid() != 0:
        return Account("", os.geteuid(), os.getegid())
    if home.exists() and home.stat().st_uid != 0:
        return _account_of(home)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Refusal("PostgreSQL refuses root: make an account for it (useradd --system shige) and start again.")


def _account_of(home: Path) -> Account:
    uid = home.stat().st_uid
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise Refusal(
            f"{home} belongs to the user number {uid}, which has no account here: "
            f"give it to one that exists (chown -R NAME {home}) and start again."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def check_reachable(path: Path, account: Account) -> None:
    """Refuse when the account cannot pass through a folder on the way to `path`.

    Permissions of folders that are not ours are never changed; the message says what mends it.

    Raises
    ------
    Refusal
        Names the first folder that is closed.
    """
    if os.geteuid() != 0:
        return
    # Asked of the system as that account, because access lists say more than the mode bits.
    script = 'for folder in "$@"; do [ -x "$folder" ] || { echo "$folder"; exit 1; }; done'
    folders = [str(folder) for folder in reversed(path.resolve().parents)]
    found = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", script, "sh", *folders],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
    )
    if found.returncode:
        closed = found.stdout.strip()
        raise Refusal(
            f"Started by root, the database runs as the account {account.name}, "
            f"which may not pass through {closed} on the way to {path}. "
            f"Open it for passing (chmod o+x {closed}), or use a folder elsewhere: --data /var/lib/shige."
        )
