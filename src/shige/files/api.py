"""Files of programs of the staff: sent ahead, named by the action that takes them."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Router, Schema, Status, UploadedFile

from shige.trust.page_access import STAFF_AUTH, viewer_in

from . import uploads
from .attachments import Attachment, read_all
from .fields import MOST, form_of

router = Router(tags=["files"], auth=STAFF_AUTH)


class UploadOut(Schema):
    """A file that has arrived; it is dropped after a day unless an action takes it."""

    id: str
    name: str


@router.post("", response={201: UploadOut}, url_name="upload")
def send(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, str]]:
    """Send a photo or PDF ahead of the action that names its id; it is nobody else's."""
    try:
        upload = uploads.begin(sender_of(request), file.name or "", file.size or 0)
        uploads.append(upload, 0, file, upload.length)
    except uploads.TooLargeError:
        raise ValidationError({"file": _("The file is empty or too large.")}) from None
    except (uploads.NoRoomError, uploads.DiskFullError):
        raise ValidationError({"file": _("There is no room for it now. Please try again later.")}) from None
    return Status(201, {"id": upload.id, "name": upload.name})


def sent_files(
    request: HttpRequest, ids: Sequence[str], field: str, room: int = MOST
) -> tuple[Attachment, ...]:
    """Read what was sent ahead.

    Raises
    ------
    ValidationError
        Under ``field``: an id is unknown, over or somebody else's, or a file cannot be taken.
    """
    owner = sender_of(request)
    if any(uploads.found(owner, name) is None for name in ids):
        raise ValidationError({field: _("There is no such file on its way. Please send it anew.")})
    with form_of(request):
        read = read_all(uploads.finished(owner, dict.fromkeys(ids)), room)
    if read.faults:
        raise ValidationError({field: list(read.faults)})
    return read.taken


def drop_sent(request: HttpRequest, ids: Sequence[str]) -> None:
    """Forget what an action has taken."""
    uploads.drop(sender_of(request), ids)


def sender_of(request: HttpRequest) -> str:
    """Return whose files they are: those of this person."""
    return f"person {viewer_in(request).person}"
