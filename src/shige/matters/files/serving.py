"""Hand a file of a matter over: as something to keep, of a type that no browser may guess otherwise."""

from dataclasses import dataclass
from pathlib import Path

from django.http import Http404, HttpResponse

from ..models import Photo, TaskPhoto
from .keeping import document_path, path_of


@dataclass(frozen=True, slots=True)
class Served:
    """A file, its type, and the name under which it is saved; the sender's own name was never kept."""

    path: Path
    content_type: str
    name: str


def served(photo: Photo | TaskPhoto, number: str, *, small: bool = False) -> Served:
    """Return the file of an attachment, or the thumbnail of a photo, of the matter or task ``number``."""
    name = f"{number}-{photo.file[:6]}"
    if photo.kind == Photo.Kind.PDF:
        return Served(document_path(photo.file), "application/pdf", f"{name}.pdf")
    return Served(path_of(photo.file, small=small), "image/jpeg", f"{name}.jpg")


def handed_over(found: Served | None) -> HttpResponse:
    """Return the answer with a file; nothing where there is none, or where it is gone."""
    if found is None or not found.path.exists():
        raise Http404
    return HttpResponse(
        found.path.read_bytes(),
        content_type=found.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{found.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private",
        },
    )
