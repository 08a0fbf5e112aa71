"""Which files belong to matters and tasks, and under which name each is handed over."""

from shige.files.handover import Served
from shige.files.store import document_path, path_of

from .models import Photo, TaskPhoto


def served(photo: Photo | TaskPhoto, number: str, *, small: bool = False) -> Served:
    """Return the file of an attachment, or the thumbnail of a photo, of the matter or task ``number``."""
    name = f"{number}-{photo.file[:6]}"
    if photo.kind == Photo.Kind.PDF:
        return Served(document_path(photo.file), "application/pdf", f"{name}.pdf")
    return Served(path_of(photo.file, small=small), "image/jpeg", f"{name}.jpg")


def named_by_matters(beginning: str) -> set[str]:
    """Return the names of files that a matter or a task holds, of those with this beginning."""
    return {
        name
        for model in (Photo, TaskPhoto)
        for name in model.objects.filter(file__startswith=beginning).values_list("file", flat=True)
    }
