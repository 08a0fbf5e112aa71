"""What people attach is told by content, made safe, and refused by name where it lies."""

import io
import re
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from shige.files.attachments import Given, read_all, read_attachment
from shige.files.documents import Document
from shige.files.passive_pdf import without_private_segments
from shige.files.pictures import Picture
from tests.files.made import jpeg, pdf


def given(name: str, content: bytes) -> Given:
    return Given(name, len(content), io.BytesIO(content))


def plain(content: bytes) -> bytes:
    """Return a PDF with every object legible."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return written.getvalue()


def test_a_photo_becomes_a_picture_without_exif() -> None:
    read = read_attachment(given("a.jpg", jpeg()))
    assert isinstance(read, Picture)
    assert b"SecretCamera" not in read.image and not Image.open(io.BytesIO(read.image)).getexif()


def test_a_pdf_becomes_a_document_with_its_pages_counted() -> None:
    read = read_attachment(given("a.pdf", pdf()))
    assert isinstance(read, Document) and read.pages == 1


def test_nothing_active_and_nothing_private_stays_in_a_pdf() -> None:
    armed = pdf(active=True)
    secrets = (b"JavaScript", b"Launch", b"app.alert", b"SecretPayload", b"SecretAuthor", b"SecretCamera")
    assert all(word in plain(armed) for word in secrets), "the test's own PDF is harmless"
    read = read_attachment(given("a.pdf", armed))
    assert isinstance(read, Document)
    assert not [word for word in (*secrets, b"OpenAction", b"EmbeddedFile") if word in plain(read.content)]
    assert b"https://example.org" in plain(read.content)  # a link to a page is no harm


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", b"<script>alert(1)</script>"),
        ("photo.png", b"MZ" + bytes(100)),
        ("a.svg", b"<svg/>"),
        ("a.jpg", b""),
        ("a.jpg", b"PK\x03\x04" + bytes(100)),
        ("a.jpg", b"\0\0\0\x18ftypmp42" + bytes(100)),
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused_by_name(name: str, content: bytes) -> None:
    read = read_all([given("good.jpg", jpeg()), given(name, content)], 6)
    assert len(read.taken) == 1 and len(read.faults) == 1 and read.faults[0].startswith(f"{name}: ")


@pytest.mark.parametrize(
    "name", ["报告.pdf", "photo.exe", "photo", "", "a.jfif", "a.jpe", "a.jpg ", "a.JPG.txt"]
)
def test_content_decides_and_not_the_name(name: str) -> None:
    assert isinstance(read_attachment(given(name, jpeg())), Picture)
    assert isinstance(read_attachment(given(name, pdf())), Document)


def test_what_was_taken_out_of_a_pdf_is_said_by_name() -> None:
    read = read_all([given("a.pdf", pdf(active=True)), given("b.pdf", pdf())], 6)
    assert len(read.taken) == 2 and len(read.notes) == 2
    assert all(note.startswith("a.pdf: ") for note in read.notes)


def test_a_pdf_in_a_mail_is_one() -> None:
    assert isinstance(
        read_attachment(given("mail", b"Content-Type: application/pdf\r\n\r\n" + pdf())), Document
    )


def test_a_picture_of_another_picture_type_is_taken() -> None:
    written = io.BytesIO()
    Image.new("RGB", (9, 9)).save(written, "PNG")
    assert isinstance(read_attachment(given("weixin.jpg", written.getvalue())), Picture)


def test_a_locked_pdf_says_that_it_is_locked() -> None:
    with pytest.raises(ValidationError, match="password"):
        read_attachment(given("a.pdf", pdf(password="x")))


def test_a_pdf_that_a_library_warns_of_is_mended_and_taken() -> None:
    """One page is missing; the library says on standard error that it passes over it."""
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.add_blank_page()
    document.save(written)
    torn = re.sub(rb"/Kids \[ \d 0 R", b"/Kids [ 9 0 R", written.getvalue())
    read = read_attachment(given("a.pdf", torn))
    assert isinstance(read, Document) and read.pages == 1
    with pikepdf.open(io.BytesIO(read.content)) as mended:
        assert len(mended.pages) == 1 and not mended.get_warnings()


def linking(target: object, base: str = "") -> bytes:
    """Return a PDF with a link to an address, behind another link and in an object of its own."""
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    name = pikepdf.Name
    link = document.make_indirect(pikepdf.Dictionary(S=name.URI, URI=target))
    first = pikepdf.Dictionary(S=name.GoTo, D=pikepdf.Array([0, name.Fit]), Next=link)
    notes = [
        pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=action)
        for action in (first, link)
    ]
    document.pages[0].Annots = pikepdf.Array(notes)
    if base:
        document.Root.URI = pikepdf.Dictionary(Base=base)
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript:alert(1)//https://example.org",
        "data:text/html,alert(1)",
        "file:///etc/passwd",
        "ms-word:ofe|u|alert(1)",
        "http:alert(1)",
        "https://example.org/\njavascript:alert(1)",
        "alert(1)",
        pikepdf.String(b"\xfe\xff" + "javascript:alert(1)".encode("utf-16-be")),
        pikepdf.Name("/javascript:alert(1)"),
    ],
)
def test_a_link_that_is_no_address_of_a_page_mail_or_telephone_goes(target: object) -> None:
    read = read_attachment(given("a.pdf", linking(target)))
    assert isinstance(read, Document) and read.lost_actions
    assert b"/URI" not in plain(read.content)


@pytest.mark.parametrize(
    "target", ["http://a.example/", "HTTPS://b.example/?a=1&b=%20", "mailto:a@b.example", "tel:12345"]
)
def test_a_link_to_a_page_a_mail_or_a_telephone_stays(target: str) -> None:
    read = read_attachment(given("a.pdf", linking(target)))
    assert isinstance(read, Document) and not read.lost_actions
    assert f"/URI ({target})".encode() in plain(read.content)


def test_what_turns_relative_links_into_scripts_goes() -> None:
    read = read_attachment(given("a.pdf", linking("https://example.org/", base="javascript:")))
    assert isinstance(read, Document) and b"javascript" not in plain(read.content)


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"%PDF-1.7\n" + bytes(5000), pdf()[:200]])
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="damaged"):
        read_attachment(given("a.pdf", content))


def test_what_claims_to_be_small_is_measured(settings: Any) -> None:
    settings.SHIGE_ATTACHMENT_LIMIT = 2**20
    with pytest.raises(ValidationError, match="at most 1 MB"):
        read_attachment(Given("a.jpg", 10, io.BytesIO(jpeg() + bytes(2**20))))


def test_there_is_room_for_so_many_only() -> None:
    read = read_all([given(f"{n}.jpg", jpeg()) for n in range(3)], 2)
    assert len(read.taken) == 2 and read.faults == ("2.jpg: No more files can be added.",)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff", b"no jpeg"]
)
def test_a_stump_of_a_jpeg_in_a_pdf_harms_nobody(content: bytes) -> None:
    assert without_private_segments(content).startswith(content[:2])
