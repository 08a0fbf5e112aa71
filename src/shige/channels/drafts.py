"""A report while it is being written: kept in the session, so that no error loses what was typed."""

import secrets
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from shige.matters.documents import Document
from shige.matters.files.attachments import Attachment
from shige.matters.files.pictures import Picture
from shige.matters.report import Place, Report

NAME: Final = "report"
KEPT_SECONDS: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been answered so far; ``photos`` are names of photos and PDFs in the folder of drafts."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    words: str = ""
    category: str = ""
    lon: float | None = None
    lat: float | None = None
    building: int | None = None
    entrance: int | None = None
    address: str = ""
    photos: tuple[str, ...] = ()
    called: bool = False
    no_emergency: bool = False

    @property
    def sender(self) -> str:
        """Whose uploads are those of this draft."""
        return f"draft {self.key}"

    @property
    def shown_photos(self) -> list[tuple[str, bool]]:
        """Names of the files, and whether each is a PDF."""
        return [(name, is_document(name)) for name in self.photos]

    @property
    def placed(self) -> bool:
        """Whether it is known where it is."""
        return self.building is not None or (self.lon is not None and self.lat is not None)

    @property
    def place(self) -> Place:
        """Return where it is, as matters take it."""
        return Place(self.lon, self.lat, "wgs84", self.building, self.entrance, self.address)

    def report(self, name: str, phone: str) -> Report:
        """Return the finished report."""
        attachments = tuple(each for each in map(read_photo, self.photos) if each)
        return Report(
            words=self.words,
            place=self.place,
            category=self.category or None,
            name=name,
            phone=phone,
            key=self.key,
            no_emergency=self.no_emergency,
            attachments=attachments,
        )


def draft_in(session: SessionBase) -> Draft:
    """Return the draft of this session, or an empty one."""
    held = session.get(NAME)
    if not held:
        return Draft()
    return Draft(**{**held, "photos": tuple(held["photos"])})


def keep(session: SessionBase, draft: Draft, **answers: object) -> Draft:
    """Keep a draft with further answers."""
    grown = replace(draft, **answers)  # type: ignore[arg-type]
    session[NAME] = asdict(grown)
    return grown


def discard(session: SessionBase) -> None:
    """Drop the draft and its photos."""
    for name in draft_in(session).photos:
        drop_photo(name)
    session.pop(NAME, None)


def write_photo(given: Attachment) -> str:
    """Keep a photo or PDF of a draft and return its name, which tells the size or the number of pages."""
    folder().mkdir(parents=True, exist_ok=True)
    if isinstance(given, Document):
        name = f"{secrets.token_hex(16)}-{given.pages}"
        (folder() / f"{name}.pdf").write_bytes(given.content)
        return name
    name = f"{secrets.token_hex(16)}-{given.width}-{given.height}"
    (folder() / f"{name}.jpg").write_bytes(given.image)
    (folder() / f"{name}.small.jpg").write_bytes(given.thumbnail)
    return name


def read_photo(name: str) -> Attachment | None:
    """Return a photo or PDF of a draft; nothing once it was cleared away."""
    sizes = [int(size) for size in name.split("-")[1:]]
    try:
        if is_document(name):
            return Document((folder() / f"{name}.pdf").read_bytes(), *sizes)
        image, small = (folder() / f"{name}{end}" for end in (".jpg", ".small.jpg"))
        return Picture(image.read_bytes(), small.read_bytes(), *sizes)
    except FileNotFoundError:
        return None


def is_document(name: str) -> bool:
    """Say whether a file of a draft is a PDF."""
    return name.count("-") == 1


def drop_photo(name: str) -> None:
    """Delete a photo or PDF of a draft."""
    for end in (".jpg", ".small.jpg", ".pdf"):
        (folder() / f"{name}{end}").unlink(missing_ok=True)


def clear_old_photos() -> int:
    """Delete the files of drafts that nobody finished within a day; return how many."""
    before = time.time() - KEPT_SECONDS
    old = [path for path in folder().glob("*.*") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def folder() -> Path:
    """Return where photos of drafts lie."""
    return Path(settings.MEDIA_ROOT) / "drafts"
