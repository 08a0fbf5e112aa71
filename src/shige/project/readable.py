"""Requests that nobody could read are refused at the door, once, before a page or the database meets them."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie

FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
API: Final = "/api/"
"""Takes JSON only: a form there is left unread, so that its end-points can read the body and refuse it."""

UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL does not store, and half a character, which UTF-8 does not have."""

BROKEN: Final = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
"""What Django leaves of a path whose bytes are no UTF-8."""

SUSPECT: Final = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)
"""How both are written in JSON; a whole character is written as two halves as well."""

Handler = Callable[[HttpRequest], HttpResponse]


class ReadableMiddleware:
    """Answer 400 to a request whose path, query, cookies, form or JSON hold what no text may hold."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a request pass that can be read."""
        if not _address_reads(request) or not _cookies_read(request):
            raise BadRequest("path, query or cookies cannot be read")
        if request.method == "POST" and not _content_reads(request):
            raise BadRequest("the content cannot be read")
        return self.get_response(request)


def _address_reads(request: HttpRequest) -> bool:
    if BROKEN.search(request.path_info) or not _all_read([request.path_info]):
        return False
    return _reads(unquote_to_bytes(request.META.get("QUERY_STRING", "").replace("+", " ")))


def _cookies_read(request: HttpRequest) -> bool:
    raw = request.META.get("HTTP_COOKIE", "")
    return _reads(raw.encode("latin-1", "replace")) and _all_read(parse_cookie(raw).values())


def _content_reads(request: HttpRequest) -> bool:
    if request.content_type in FORMS and not request.path_info.startswith(API):
        names = (file.name or "" for files in request.FILES.lists() for file in files[1])
        fields = (text for name, values in request.POST.lists() for text in (name, *values))
        return _all_read(names) and _all_read(fields)
    return request.content_type != "application/json" or _json_reads(request.body)


def _json_reads(body: bytes) -> bool:
    """Say whether JSON holds nothing unstorable; what is no JSON is refused by whoever wants some."""
    if not _reads(body):
        return False
    if not SUSPECT.search(body):
        return True
    try:
        return _all_read([json.dumps(json.loads(body), ensure_ascii=False)]) and not _names_nul(body)
    except (ValueError, RecursionError):
        return False


def _names_nul(body: bytes) -> bool:
    """Say whether NUL is written out: an even number of backslashes before it would make it four letters."""
    return any(len(found[1]) % 2 for found in re.finditer(rb"(\\+)u0000", body))


def _reads(raw: bytes) -> bool:
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False


def _all_read(texts: Iterable[str]) -> bool:
    return not any(UNSTORABLE.search(text) for text in texts)
