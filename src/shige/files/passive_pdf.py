"""Make a PDF passive: nothing in it runs, opens something else or carries another file.

A small program of its own, ``python -m shige.files.passive_pdf``, run in a box (``box``): a hostile file may
ask for any amount of memory and time.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream, String

from .bounds import LockedError, TooManyError, serve

MEMORY: Final = 1 << 30

SECONDS: Final = 8
"""Of work: a scan of a thousand pages takes less than one."""

MOST_PAGES: Final = 1000
MOST_PARTS: Final = 100_000
"""Objects of a PDF. Each takes time though a hundred thousand of them pack into some hundred kilobytes."""

SIZE: Final = re.compile(rb"/Size\s+(\d{1,10})")
"""How many objects a PDF says that it has, in the table by which they are found."""

TABLE_HEAD: Final = 4096
"""Bytes of a table of objects in which its size is said."""

DAMAGED: Final = (pikepdf.PdfError, ValueError, TypeError, RuntimeError)
"""What is raised on a file that cannot be read; RuntimeError also where it is nested too deeply."""

BANNED_KEYS: Final = frozenset(
    {"/OpenAction", "/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/Collection",
     "/Renditions", "/RichMediaContent", "/Metadata", "/PieceInfo"}
)  # fmt: skip
"""What acts by itself, what carries files, and what tells of author, camera and place."""

FILES: Final = frozenset({"/EmbeddedFiles", "/EF", "/AF", "/Collection"})
SILENT: Final = frozenset({"/Metadata", "/PieceInfo"})
"""Which of them carry files, and which nobody misses."""

ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToR",
     "/GoToE", "/RichMediaExecute", "/Hide", "/ResetForm"}
)  # fmt: skip
"""Actions that are taken out whatever they say; links inside the document stay."""

LINK: Final = re.compile(rb"(?:https?://|mailto:|tel:)[!-~]+", re.IGNORECASE)
"""The only addresses outside the document that stay: what a reader of PDFs would hand to a browser else, as
``javascript:`` or ``file:``, and what is relative to an address that the document sets (``/Base``), goes."""

ANNOTATIONS: Final = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})

PRIVATE_SEGMENTS: Final = frozenset({0xE1, 0xED, 0xFE})
"""JPEG segments with EXIF and its position, with IPTC, and comments."""


START_OF_SCAN: Final = b"\xda"
"""After this marker come the pixels."""


@dataclass(slots=True)
class Found:
    """How many pages a PDF has, and what was taken out of it that somebody might miss."""

    pages: int = 0
    lost_actions: bool = False
    lost_files: bool = False


def clean(content: bytes) -> tuple[bytes, Found]:
    """Return the passive PDF and what was found in it.

    Raises
    ------
    pikepdf.PasswordError
        Only a password opens it.
    pikepdf.PdfError
        It is no PDF, is broken beyond repair, or has no page.
    TooManyError
        It has more pages or objects than are read.
    """
    if said_parts(content) > MOST_PARTS:
        raise TooManyError
    with pikepdf.open(io.BytesIO(content), attempt_recovery=True) as pdf:
        if not len(pdf.pages):
            raise pikepdf.PdfError("no page")
        if len(pdf.pages) > MOST_PAGES or len(pdf.objects) > MOST_PARTS:
            raise TooManyError
        found = Found(len(pdf.pages))
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for top in pdf.objects:
            for part in _parts(top):
                _disarm(part, found)
            if isinstance(top, Stream):
                _strip_photo(top)
        written = io.BytesIO()
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return written.getvalue(), found


def said_parts(content: bytes) -> int:
    """Return how many objects a PDF says that it has, before any of them is read; 0 where it does not say.

    One that says less than is true is found out when it is open, or ended after its seconds.
    """
    mark = content.rfind(b"startxref")
    digits = content[mark + 9 : mark + 40].split() if mark >= 0 else []
    start = int(digits[0]) if digits and digits[0].isdigit() else len(content)
    if content[start : start + 4] == b"xref":
        start = content.rfind(b"trailer")
    said = SIZE.search(content[start : start + TABLE_HEAD]) if start >= 0 else None
    return int(said[1]) if said else 0


def is_active(part: object) -> bool:
    """Say whether a part of a PDF is an action or an annotation that must not stay."""
    if not isinstance(part, Dictionary | Stream):
        return False
    return (
        str(part.get("/S")) in ACTIONS
        or (part.get("/S") == "/URI" and not is_link(part.get("/URI")))
        or str(part.get("/Subtype")) in ANNOTATIONS
        or part.get("/Type") == "/EmbeddedFile"
    )


def is_link(target: object) -> bool:
    """Say whether the address of a link may stay."""
    return isinstance(target, String) and LINK.fullmatch(bytes(target)) is not None


def _parts(top: Object) -> Iterator[Object]:
    """Yield an object and what lies in it directly; what it only refers to is an object of its own."""
    waiting = [top]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(inner for _, inner in _inside(part) if not inner.is_indirect)


def _inside(part: object) -> list[tuple[str | int, Object]]:
    if isinstance(part, Dictionary | Stream):
        return [(name, inner) for name, inner in part.items() if isinstance(inner, Object)]
    if isinstance(part, Array):
        return [(place, inner) for place, inner in enumerate(part) if isinstance(inner, Object)]
    return []


def _disarm(part: object, found: Found) -> None:
    """Take out what is banned by name or by kind, and note what somebody might miss."""
    if isinstance(part, Dictionary | Stream):
        for name in [name for name in part.keys() if _is_banned(name, part[name])]:  # noqa: SIM118 (not a mapping)
            del part[name]
            found.lost_files |= name in FILES
            found.lost_actions |= name not in FILES | SILENT
    for key, inner in reversed(_inside(part)):
        if is_active(inner):
            file = str(inner.get("/Subtype")) == "/FileAttachment" or inner.get("/Type") == "/EmbeddedFile"
            found.lost_files |= file
            found.lost_actions |= not file
            del part[key]  # type: ignore[attr-defined]


def _is_banned(name: str, held: object) -> bool:
    return name in BANNED_KEYS or (name == "/URI" and not is_link(held))


def _strip_photo(stream: Stream) -> None:
    """Take position and camera out of a JPEG that is kept as it was taken."""
    kind = stream.get("/Filter")
    if isinstance(kind, Array) and len(kind) == 1:
        kind = kind[0]
    if kind != "/DCTDecode":
        return
    stream.write(
        without_private_segments(stream.read_raw_bytes()),
        filter=pikepdf.Name.DCTDecode,
        decode_parms=_parameters(stream),
    )


def _parameters(stream: Stream) -> Dictionary | None:
    found = stream.get("/DecodeParms")
    if isinstance(found, Array) and len(found):
        found = found[0]
    return found if isinstance(found, Dictionary) else None


def without_private_segments(jpeg: bytes) -> bytes:
    """Return a JPEG without its ``PRIVATE_SEGMENTS``; what cannot be read as JPEG stays as it is."""
    kept, place = [jpeg[:2]], 2
    while jpeg[place : place + 1] == b"\xff" and jpeg[place + 1 : place + 2] not in (b"", START_OF_SCAN):
        length = 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if jpeg[place + 1] not in PRIVATE_SEGMENTS:
            kept.append(jpeg[place : place + length])
        place += length
    return b"".join((*kept, jpeg[place:]))


def load(content: bytes) -> None:
    """Let the library open its source of random numbers, which encrypted files need, while it can."""
    with pikepdf.new() as pdf:
        pdf.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="x"))


def handed(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return a clean PDF and what was found in it."""
    try:
        cleaned, found = clean(content)
    except pikepdf.PasswordError as error:
        raise LockedError from error
    return asdict(found), [cleaned]


if __name__ == "__main__":
    sys.exit(serve(MEMORY, handed, DAMAGED, load, SECONDS))
