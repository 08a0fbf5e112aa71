"""Whatever cannot be read within bounds is refused by what is wrong with it; nothing passes for empty."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from shige.files import passive_pdf
from shige.files.bounds import TooManyError
from shige.files.documents import read_document
from shige.files.foreign import opened
from shige.files.pictures import read_picture
from shige.files.sheets import workbook_sheet
from tests.files.made import jpeg, pdf

MB = 2**20
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(**cells: Any) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for place, value in cells.items():
        book.active[place] = value
    book.save(content)
    return content.getvalue()


def workbook_with(part: str, *pieces: tuple[bytes, int]) -> bytes:
    """Return a workbook of which one part is made of pieces, each so many times."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(A1="x"))) as plain,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
    ):
        for name in plain.namelist():
            if name != part:
                packed.writestr(name, plain.read(name))
        with packed.open(part, "w", force_zip64=True) as written:
            for piece, times in pieces:
                for _ in range(times):
                    written.write(piece)
    return made.getvalue()


def one_cell_of(size: int) -> bytes:
    head = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
    return workbook_with(
        SHEET, (head.encode(), 1), (b"a" * MB, size), (b"</t></is></c></row></sheetData></worksheet>", 1)
    )


def many_strings_of(size: int) -> bytes:
    return workbook_with(
        "xl/sharedStrings.xml",
        (f'<sst xmlns="{MAIN}">'.encode(), 1),
        (b"<si><t>" + b"a" * (10 * MB) + b"</t></si>", size // 10),
    )


def many_texts() -> bytes:
    """Return a workbook whose honest cells, all the same text, are more than may be handed over."""
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    content = workbook_with(
        SHEET,
        (f'<worksheet xmlns="{MAIN}"><sheetData>'.encode(), 1),
        (row, 100),
        (b"</sheetData></worksheet>", 1),
    )
    text = f'<sst xmlns="{MAIN}"><si><t>{"a" * 30_000}</t></si></sst>'
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as plain,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in plain.namelist():
            if name != "xl/sharedStrings.xml":
                packed.writestr(name, plain.read(name))
        packed.writestr("xl/sharedStrings.xml", text)
    return made.getvalue()


def png(width: int, height: int, rows: int = 0) -> bytes:
    """Return a PNG that says its size, with so many rows of it."""
    said = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rest = zlib.compress(bytes((width * 3 + 1) * rows))
    parts = ((b"IHDR", said), (b"IDAT", rest), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def endless_scans() -> bytes:
    """Return a progressive JPEG of few bytes in which the same pixels are refined again and again."""
    picture, written = Image.new("RGB", (7700, 7700), "red"), io.BytesIO()
    picture.save(written, "JPEG", progressive=True, quality=10)
    content = written.getvalue()
    last = content.rindex(b"\xff\xda")
    scan = content[last:-2]
    return content[:-2] + scan * (4 * MB // len(scan)) + content[-2:]


def object_list_of(size: int) -> bytes:
    """Return a PDF whose very objects lie in a stream that unpacks to so many megabytes."""
    tree = b"<</Type/Catalog/Pages<</Type/Pages/Count 1/Kids[<</Type/Page/MediaBox[0 0 9 9]>>]>>>>"
    body = zlib.compress(b"2 0 " + b" " * (size * MB) + tree, 9)
    said = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(body)
    out = b"%PDF-1.5\n"
    at = len(out)
    out += b"1 0 obj\n" + said + b"stream\n" + body + b"\nendstream\nendobj\n"
    table_at = len(out)
    table = b"".join(
        struct.pack(">BIB", *entry) for entry in ((0, 0, 255), (1, at, 0), (2, 1, 0), (1, table_at, 0))
    )
    out += b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 2 0 R/Length %d>>stream\n" % len(table)
    return out + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table_at


@dataclass(frozen=True)
class Bad:
    """A file, who reads it, and what the refusal says (of two bounds the first that is met)."""

    name: str
    read: Callable[[Any], object]
    make: Callable[[], Any]
    said: str


QUICK = (
    Bad(
        "a cell in the last row and column",
        workbook_sheet,
        lambda: workbook(A1="n", XFD1048576="x"),
        "empty rows and columns",
    ),
    Bad(
        "one cell of 200 MB",
        workbook_sheet,
        lambda: one_cell_of(200),
        "row 1, column 1 holds more than 131072",
    ),
    Bad("more text than is handed over", workbook_sheet, many_texts, "more than can be read at once"),
    Bad("a cut workbook", workbook_sheet, lambda: workbook(A1="n")[:900], "damaged"),
    Bad("no workbook", workbook_sheet, lambda: b"PK\x03\x04" + bytes(999), "damaged"),
    Bad("a picture of 400 million pixels", read_picture, lambda: png(20_000, 20_000), "too many pixels"),
    Bad("a picture of one row of 4 billion", read_picture, lambda: png(2**31 - 1, 2), "too many pixels"),
    Bad("a cut photo", read_picture, lambda: jpeg(900, 900)[:2000], "incomplete"),
    Bad("a cut PDF", read_document, lambda: pdf()[:40], "damaged"),
    Bad("a PDF with a password", read_document, lambda: pdf(password="p"), "password"),
    Bad("a zip file", opened, lambda: workbook(A1="n"), "office document"),
)
LONG = (
    Bad(
        "a PDF whose objects unpack to 1 GB", read_document, lambda: object_list_of(1100), "cannot be checked"
    ),
    Bad("a workbook that unpacks to 3 GB", workbook_sheet, lambda: many_strings_of(3000), "at once|too long"),
    Bad("a photo that takes minutes", read_picture, endless_scans, "too long"),
)


@pytest.mark.parametrize(
    "bad",
    [*QUICK, *(pytest.param(bad, marks=pytest.mark.attack) for bad in LONG)],
    ids=lambda bad: bad.name,
)
def test_a_bad_file_is_refused_by_what_is_wrong_with_it(bad: Bad) -> None:
    with pytest.raises(ValidationError) as refused:
        bad.read(bad.make())
    assert re.search(bad.said, refused.value.message), refused.value.message


def test_what_is_only_large_is_read() -> None:
    text = "a" * 30_000
    assert workbook_sheet(workbook(A1="n", A2=text)).rows[1] == [text]
    assert read_picture(png(3000, 3000, 3000)).width == 1600
    assert read_document(object_list_of(50)).pages == 1


def pages(count: int, said: int | None = None) -> bytes:
    """Return a PDF of so many empty pages; ``said`` is how many objects it claims to have."""
    kids = b" ".join(b"%d 0 R" % (page + 3) for page in range(count))
    made = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)]
    made += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count
    out, places = io.BytesIO(b"%PDF-1.5\n"), []
    out.seek(0, io.SEEK_END)
    for number, part in enumerate(made, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = out.tell(), said or len(made) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(made) + 1, table))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start))
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_of_far_too_many_pages_is_refused_at_once(
    packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = packed_pdf(pages(300_000)) if packed else pages(300_000)
    monkeypatch.setattr(passive_pdf.pikepdf, "open", lambda *_given, **_more: pytest.fail("it was read"))
    with pytest.raises(TooManyError):
        passive_pdf.clean(content)


def packed_pdf(content: bytes) -> bytes:
    """Return the end of a PDF as it is when its objects are packed: the table of them is a stream."""
    return content[:1000] + b"\n9 0 obj\n<</Type/XRef/Size 300003/W[1 4 2]>>stream\nx\nstartxref\n1001\n%%EOF"


@pytest.mark.parametrize(("count", "said"), [(1001, None), (1001, 9)])
def test_a_pdf_is_refused_by_how_many_pages_it_may_have(count: int, said: int | None) -> None:
    with pytest.raises(ValidationError) as refused:
        read_document(pages(count, said))
    assert "1000" in refused.value.messages[0]


def test_a_pdf_of_a_thousand_pages_is_read() -> None:
    assert read_document(pages(1000)).pages == 1000
