"""Photos and PDFs of a report that is still being written, encrypted on the disk."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from django.conf import settings

from shige.files.attachments import Attachment
from shige.files.documents import Document
from shige.files.locked import read_unlocked, write_locked
from shige.files.pictures import Picture

KEPT_SECONDS: Final = 24 * 3600
"""When a file that no draft took along is deleted."""

ENDINGS: Final = {"picture": (".jpg", ".small.jpg"), "pdf": (".pdf",)}


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft: ``width`` and ``height`` (pixels) of a picture, ``pages`` of a PDF."""

    name: str
    kind: Literal["picture", "pdf"]
    width: int = 0
    height: int = 0
    pages: int = 0

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF, which has no small picture."""
        return self.kind == "pdf"

    @property
    def paths(self) -> list[Path]:
        """Where its parts lie: the whole first, then the small picture if it has one."""
        return [folder() / f"{self.name}{ending}" for ending in ENDINGS[self.kind]]


def write_file(given: Attachment, key: str) -> DraftFile:
    """Keep a file of the draft ``key``; the same file sent twice is the same one."""
    whole = given.content if isinstance(given, Document) else given.image
    name = hashlib.sha256(key.encode() + b"\0" + whole).hexdigest()[:32]
    if isinstance(given, Document):
        file = DraftFile(name, "pdf", pages=given.pages)
        parts = [given.content]
    else:
        file = DraftFile(name, "picture", given.width, given.height)
        parts = [given.image, given.thumbnail]
    for path, content in zip(file.paths, parts, strict=True):
        write_locked(path, content)
    return file


def read_file(file: DraftFile) -> Attachment | None:
    """Return a file of a draft; nothing once it was cleared away."""
    try:
        content = [read_unlocked(path) for path in file.paths]
    except FileNotFoundError:
        return None
    if file.is_pdf:
        return Document(content[0], file.pages)
    return Picture(content[0], content[1], file.width, file.height)


def read_thumbnail(file: DraftFile) -> bytes | None:
    """Return the small picture of a photo; nothing for a PDF, or once it was cleared away."""
    if file.is_pdf:
        return None
    try:
        return read_unlocked(file.paths[-1])
    except FileNotFoundError:
        return None


def drop_file(file: DraftFile) -> None:
    """Delete a file of a draft."""
    for path in file.paths:
        path.unlink(missing_ok=True)


def clear_old_files() -> int:
    """Delete the files that no draft took along within a day; return how many."""
    before = time.time() - KEPT_SECONDS
    old = [path for path in folder().glob("*.*") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def folder() -> Path:
    """Return where files of drafts lie."""
    return Path(settings.MEDIA_ROOT) / "drafts"
