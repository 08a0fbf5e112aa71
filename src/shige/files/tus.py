"""The server's side of tus 1.0.0 (core, creation, expiration, termination): uploads that survive a break."""

import base64
import binascii
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from . import uploads
from .uploads import DiskFullError, NoRoomError, TooLargeError, Upload, WrongOffsetError

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination"
BODY: Final = "application/offset+octet-stream"


def created(request: HttpRequest, owner: str, address: Callable[[str], str]) -> HttpResponse:
    """Answer OPTIONS and the POST that begins an upload; ``address`` gives the place of one by its id."""
    if request.method == "OPTIONS":
        limits = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS}
        return _said(204, limits | {"Tus-Max-Size": str(settings.SHIGE_ATTACHMENT_LIMIT)})
    if not _speaks(request):
        return _said(412, {"Tus-Version": VERSION})
    length = _number(request, "Upload-Length")
    if length is None:
        return _said(400)
    try:
        upload = uploads.begin(owner, _name(request), length)
    except TooLargeError:
        return _said(413)
    except NoRoomError:
        return _said(429)
    except DiskFullError:
        return _said(507)
    return _said(201, {"Location": address(upload.id), **_expires(upload)})


def continued(request: HttpRequest, owner: str, name: str) -> HttpResponse:
    """Answer HEAD (how far it came), PATCH (go on) and DELETE (give it up) for one upload of ``owner``."""
    if not _speaks(request):
        return _said(412, {"Tus-Version": VERSION})
    upload = uploads.found(owner, name)
    if upload is None:
        return _said(404)
    if request.method == "DELETE":
        uploads.drop(owner, [name])
        return _said(204)
    if request.method == "HEAD":
        came = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)}
        return _said(200, came | {"Cache-Control": "no-store", **_expires(upload)})
    return _gone_on(request, upload)


def _gone_on(request: HttpRequest, upload: Upload) -> HttpResponse:
    offset, announced = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    if request.content_type != BODY:
        return _said(415)
    if offset is None or announced is None:
        return _said(400)
    try:
        came = uploads.append(upload, offset, request, announced)
    except WrongOffsetError:
        return _said(409)
    except TooLargeError:
        return _said(413)
    except (NoRoomError, DiskFullError):
        return _said(507)  # the sender tries again later: what came is kept
    return _said(204, {"Upload-Offset": str(came), **_expires(upload)})


def _said(status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(status=status, headers={"Tus-Resumable": VERSION, **(headers or {})})


def _speaks(request: HttpRequest) -> bool:
    return request.headers.get("Tus-Resumable") == VERSION


def _expires(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date(upload.ends_at)}


def _number(request: HttpRequest, header: str) -> int | None:
    said = request.headers.get(header, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None


def _name(request: HttpRequest) -> str:
    """Return the file's name from ``Upload-Metadata``; empty where none can be read."""
    for entry in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = entry.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""
