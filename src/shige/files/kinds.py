"""What a file is, told by its first bytes alone; names and headers of senders count for nothing."""

from typing import Final, Literal

Kind = Literal["picture", "heif", "pdf", "video", "office", "other"]

PDF_SIGN: Final = b"%PDF-"
PDF_WITHIN: Final = 1024
"""So many bytes may stand before a PDF's sign (PDF reference 1.7, appendix H.3.4.1), as in a mail."""

PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*")
HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
)
"""Brands of a file in boxes (ISO/IEC 23008-12, AVIF) that holds pictures; with others it is a video."""

OFFICE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""Signs of Word, Excel and PowerPoint files, new and old."""


def kind_of(content: bytes) -> Kind:
    """Return what content is."""
    if content[4:8] == b"ftyp":
        return "heif" if content[8:12] in HEIF_BRANDS else "video"
    if content.startswith(PICTURES) or (content[:4], content[8:12]) == (b"RIFF", b"WEBP"):
        return "picture"
    if PDF_SIGN in content[: PDF_WITHIN + len(PDF_SIGN)]:
        return "pdf"
    return "office" if content.startswith(OFFICE) else "other"
