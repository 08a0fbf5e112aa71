"""Files on their way in: what has arrived of each lies on disk, so that a broken connection goes on.

Each upload belongs to one owner (a resident's draft, or a person at work with a matter) and is nobody
else's: its files carry the owner in their names, so that no other's need to be opened. It lives for a day,
for an hour where nothing of it has arrived. Offsets and lengths are in bytes.
"""

import contextlib
import fcntl
import hashlib
import io
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from django.conf import settings

from shige.trust.commands.vault import key_in_use
from shige.trust.outside_vault import stream
from shige.trust.whole_file import is_full

from .attachments import Given
from .locked import read_unlocked, write_locked

KEPT_SECONDS: Final = 24 * 3600
EMPTY_SECONDS: Final = 3600
MOST_OF_ONE: Final = 12
"""Uploads of one owner at a time: all photos of a form, and as many that were begun again."""

LEFT_FREE: Final = 64 * 2**20
"""Bytes of the disk that files on their way in leave to the database and to all else."""

PIECE: Final = 64 * 1024
NAME: Final = re.compile(r"[0-9a-f]{32}")


class TooLargeError(Exception):
    """Longer than a file may be, or than what was announced."""


class NoRoomError(Exception):
    """This owner, or everybody together, has too much on its way."""


class DiskFullError(Exception):
    """The disk has no room left for what arrives; what came before stays."""


class WrongOffsetError(Exception):
    """The sender goes on somewhere else than where the file ends, or another sender is writing it."""


class Source(Protocol):
    """What bytes are read from, such as the body of a request."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, nothing at the end."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way in."""

    id: str
    owner: str
    name: str
    length: int
    ends_at: float
    vault_key: int

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return _path(self.owner, self.id, "part")

    @property
    def offset(self) -> int:
        """How many bytes have arrived."""
        return self.path.stat().st_size


def begin(owner: str, name: str, length: int) -> Upload:
    """Make room for a file.

    Raises
    ------
    TooLargeError
        It is longer than ``SHIGE_ATTACHMENT_LIMIT``.
    NoRoomError
        The owner has too many on their way, or what has arrived uses up ``SHIGE_UPLOAD_SPACE``.
    DiskFullError
        The disk is full.
    """
    if not 0 < length <= settings.SHIGE_ATTACHMENT_LIMIT:
        raise TooLargeError
    folder().mkdir(parents=True, exist_ok=True)
    hidden = _hidden(owner)
    if sum(1 for _ in folder().glob(f"{hidden}.*.json")) >= MOST_OF_ONE:
        raise NoRoomError
    _make_sure_of_room()
    ends_at = time.time() + KEPT_SECONDS
    upload = Upload(secrets.token_hex(16), hidden, name[:120], length, ends_at, key_in_use())
    about = {"name": upload.name, "length": length, "ends_at": ends_at, "vault_key": upload.vault_key}
    with _room_on_disk():
        upload.path.touch()
        write_locked(_path(hidden, upload.id, "json"), json.dumps(about).encode())
    return upload


def found(owner: str, name: str) -> Upload | None:
    """Return an upload of this owner; None for one that is unknown, over or somebody else's."""
    if not NAME.fullmatch(name):
        return None
    hidden = _hidden(owner)
    try:
        about = json.loads(read_unlocked(_path(hidden, name, "json")))
        upload = Upload(name, hidden, about["name"], about["length"], about["ends_at"], about["vault_key"])
    except (FileNotFoundError, ValueError, TypeError, KeyError, InvalidTag):
        return None
    return upload if upload.ends_at > time.time() and upload.path.exists() else None


def append(upload: Upload, offset: int, source: Source, announced: int) -> int:
    """Write what arrives from ``offset`` on and return the new offset; what came before a break is kept.

    Raises
    ------
    WrongOffsetError
        The file does not end at ``offset``, or another request is writing it.
    TooLargeError
        More bytes are announced than are missing.
    NoRoomError
        What has arrived of all files uses up ``SHIGE_UPLOAD_SPACE``.
    DiskFullError
        The disk is full.
    """
    _make_sure_of_room(announced)
    with _room_on_disk(), upload.path.open("ab", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongOffsetError from None
        if os.fstat(file.fileno()).st_size != offset:
            raise WrongOffsetError
        if offset + announced > upload.length:
            raise TooLargeError
        cipher = stream(upload.vault_key, upload.id, offset)
        for piece in _pieces(source, upload.length - offset):
            file.write(cipher.update(piece))
        return os.fstat(file.fileno()).st_size


def finished(owner: str, names: Iterable[str]) -> Iterator[Given]:
    """Yield the uploads of an owner that have arrived whole, as files of a form."""
    for name in names:
        upload = found(owner, name)
        if upload is not None and upload.offset == upload.length:
            content = stream(upload.vault_key, upload.id).update(upload.path.read_bytes())
            yield Given(upload.name, upload.length, io.BytesIO(content), upload.id)


def drop(owner: str, names: Iterable[str]) -> None:
    """Delete uploads of an owner, such as those that a form has taken."""
    for name in names:
        if found(owner, name) is not None:
            _delete(f"{_hidden(owner)}.{name}")


def clear_expired() -> int:
    """Delete uploads to which nothing came for a day, or an hour where nothing ever came; return how many."""
    now = time.time()
    lying = [(path, path.stat()) for path in folder().glob("*")]
    old = {path.stem for path, held in lying if held.st_mtime < now - KEPT_SECONDS}
    empty = {
        path.stem
        for path, held in lying
        if path.suffix == ".part" and not held.st_size and held.st_mtime < now - EMPTY_SECONDS
    }
    for stem in old | empty:
        for path in folder().glob(f"{stem}.*"):
            path.unlink(missing_ok=True)
    return len(old | empty)


def folder() -> Path:
    """Return where files on their way in lie."""
    return Path(settings.MEDIA_ROOT) / "uploads"


def _make_sure_of_room(coming: int = 0) -> None:
    """Count what has arrived, not what was announced: announcing is free, and would shut out everybody."""
    if _arrived() + coming > settings.SHIGE_UPLOAD_SPACE:
        raise NoRoomError
    if shutil.disk_usage(folder()).free < LEFT_FREE + coming:
        raise DiskFullError


def _arrived() -> int:
    sizes = 0
    with os.scandir(folder()) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):  # deleted just now
                sizes += entry.stat().st_size
    return sizes


@contextlib.contextmanager
def _room_on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise DiskFullError from error
        raise


def _pieces(source: Source, missing: int) -> Iterator[bytes]:
    """Yield what arrives until nothing more is missing, nothing more comes, or the connection breaks."""
    while missing:
        try:
            piece = source.read(min(PIECE, missing))
        except OSError:
            return
        if not piece:
            return
        missing -= len(piece)
        yield piece


def _hidden(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:32]


def _path(owner: str, name: str, ending: str) -> Path:
    return folder() / f"{owner}.{name}.{ending}"


def _delete(stem: str) -> None:
    for ending in ("json", "part"):
        (folder() / f"{stem}.{ending}").unlink(missing_ok=True)
