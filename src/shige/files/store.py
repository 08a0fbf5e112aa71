"""Files in the media folder: encrypted, written before the row that names them is committed.

A file whose row was never committed, because the program was killed or the filing refused, is an orphan:
nothing serves it, and a job deletes it.
"""

import secrets
import time
from collections.abc import Callable, Container, Iterable
from pathlib import Path
from typing import Final

from django.conf import settings

from .attachments import Attachment
from .locked import lock, write_locked
from .pictures import Picture

ORPHAN_SECONDS: Final = 24 * 3600
"""Longer than any transaction that could still commit the row."""


def keep(attachment: Attachment) -> str:
    """Write an attachment and return its random name."""
    name = secrets.token_hex(16)
    if isinstance(attachment, Picture):
        write_locked(path_of(name), attachment.image)
        write_locked(path_of(name, small=True), attachment.thumbnail)
    else:
        write_locked(document_path(name), attachment.content)
    return name


def path_of(name: str, *, small: bool = False) -> Path:
    """Return where a photo lies; folders by the first two letters keep each one short."""
    return folder() / name[:2] / f"{name}{'-s' if small else ''}.jpg"


def document_path(name: str) -> Path:
    """Return where a PDF lies."""
    return folder() / name[:2] / f"{name}.pdf"


def folder() -> Path:
    """Return where kept files lie."""
    return Path(settings.MEDIA_ROOT) / "photos"


def delete(names: Iterable[str]) -> None:
    """Delete kept files by their names, with the small pictures."""
    for name in names:
        for path in (path_of(name), path_of(name, small=True), document_path(name)):
            path.unlink(missing_ok=True)


def delete_orphans(named: Callable[[str], Container[str]]) -> int:
    """Delete files that nothing names, once they are a day old; return how many.

    ``named`` gives the names in use that begin with two letters.
    """
    before = time.time() - ORPHAN_SECONDS
    deleted = 0
    for shelf in sorted(folder().glob("??")):
        old = [path for path in shelf.iterdir() if path.stat().st_mtime < before]
        known = named(shelf.name)
        for path in old:
            if path.stem.removesuffix("-s") not in known:
                path.unlink(missing_ok=True)
                deleted += 1
    return deleted


def lock_old_files() -> int:
    """Encrypt the files that an earlier version of the program kept in the clear; return how many."""
    return sum(lock(path) for path in sorted(folder().glob("??/*.*")) if path.suffix in (".jpg", ".pdf"))
