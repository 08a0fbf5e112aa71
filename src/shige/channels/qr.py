"""A code as what somebody takes away: its address, and the QR code of that as a drawing inside the page."""

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from shige.matters.codes import plain


def drawn(address: str) -> SafeString:
    """Return an address as the drawing of its QR code; it holds the address and nothing else."""
    return mark_safe(segno.make(address, error="m").svg_inline(scale=4))  # noqa: S308 (drawn here, from no text)


def card_of(request: HttpRequest, code: str, page: str = "channels:tracking") -> dict[str, object]:
    """Return a code with the address that it opens, as words and as a QR code."""
    address = request.build_absolute_uri(reverse(page, args=[grouped(code)]))
    return {"code": grouped(code), "address": address, "picture": drawn(address)}


def grouped(code: str) -> str:
    """Return a code as it is written on the page, however it was typed."""
    bare = plain(code)
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))
