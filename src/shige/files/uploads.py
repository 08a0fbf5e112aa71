"""Files on their way in: what has arrived of each lies on disk, so that a broken connection goes on.

Each upload belongs to one owner (a resident's draft, or a person at work with a matter) and is nobody
else's. It lives for a day. Offsets and lengths are in bytes.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings

from .attachments import Given

KEPT_SECONDS: Final = 24 * 3600
MOST_OF_ONE: Final = 12
"""Uploads of one owner at a time: all photos of a form, and as many that were begun again."""

PIECE: Final = 64 * 1024
NAME: Final = re.compile(r"[0-9a-f]{32}")


class TooLargeError(Exception):
    """Longer than a file may be, or than what was announced."""


class NoRoomError(Exception):
    """This owner, or everybody together, has too much on its way."""


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
    name: str
    length: int
    ends_at: float

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return folder() / f"{self.id}.part"

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
        The owner has too many on their way, or ``SHIGE_UPLOAD_SPACE`` is used up.
    """
    if not 0 < length <= settings.SHIGE_ATTACHMENT_LIMIT:
        raise TooLargeError
    folder().mkdir(parents=True, exist_ok=True)
    _make_sure_of_room(owner)
    upload = Upload(secrets.token_hex(16), name[:120], length, time.time() + KEPT_SECONDS)
    about = {"owner": _hidden(owner), "name": upload.name, "length": length, "ends_at": upload.ends_at}
    upload.path.touch()
    _about(upload.id).write_text(json.dumps(about))
    return upload


def found(owner: str, name: str) -> Upload | None:
    """Return an upload of this owner; None for one that is unknown, over or somebody else's."""
    if not NAME.fullmatch(name):
        return None
    try:
        about = json.loads(_about(name).read_text())
    except (FileNotFoundError, ValueError):
        return None
    upload = Upload(name, about["name"], about["length"], about["ends_at"])
    mine = secrets.compare_digest(about["owner"], _hidden(owner))
    return upload if mine and upload.ends_at > time.time() and upload.path.exists() else None


def append(upload: Upload, offset: int, source: Source, announced: int) -> int:
    """Write what arrives from ``offset`` on and return the new offset; what came before a break is kept.

    Raises
    ------
    WrongOffsetError
        The file does not end at ``offset``, or another request is writing it.
    TooLargeError
        More bytes are announced than are missing.
    """
    with upload.path.open("ab", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongOffsetError from None
        if os.fstat(file.fileno()).st_size != offset:
            raise WrongOffsetError
        if offset + announced > upload.length:
            raise TooLargeError
        for piece in _pieces(source, upload.length - offset):
            file.write(piece)
        return os.fstat(file.fileno()).st_size


def finished(owner: str, names: Iterable[str]) -> Iterator[Given]:
    """Yield the uploads of an owner that have arrived whole, as files of a form."""
    for name in names:
        upload = found(owner, name)
        if upload is not None and upload.offset == upload.length:
            with upload.path.open("rb") as file:
                yield Given(upload.name, upload.length, file, upload.id)


def drop(owner: str, names: Iterable[str]) -> None:
    """Delete uploads of an owner, such as those that a form has taken."""
    for name in names:
        if found(owner, name) is not None:
            _delete(name)


def clear_expired() -> int:
    """Delete uploads that were begun more than a day ago; return how many."""
    before = time.time() - KEPT_SECONDS
    old = {path.stem for path in folder().glob("*") if path.stat().st_mtime < before}
    for name in old:
        _delete(name)
    return len(old)


def folder() -> Path:
    """Return where files on their way in lie."""
    return Path(settings.MEDIA_ROOT) / "uploads"


def _make_sure_of_room(owner: str) -> None:
    mine, own, total = _hidden(owner), 0, 0
    for about in folder().glob("*.json"):
        held = json.loads(about.read_text())
        total += held["length"]
        own += held["owner"] == mine
    if own >= MOST_OF_ONE or total > settings.SHIGE_UPLOAD_SPACE:
        raise NoRoomError


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
    return hashlib.sha256(owner.encode()).hexdigest()


def _about(name: str) -> Path:
    return folder() / f"{name}.json"


def _delete(name: str) -> None:
    _about(name).unlink(missing_ok=True)
    (folder() / f"{name}.part").unlink(missing_ok=True)
