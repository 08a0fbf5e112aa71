"""Which files are held by matters, tasks and other rooms, and under which name each is handed over."""

from typing import Any

from django.db.models import Model

from shige.files.handover import Served
from shige.files.store import document_path, path_of

from .models import Photo, TaskPhoto

HOLDERS: list[type[Model]] = [Photo, TaskPhoto]
"""Models with a kept file under the name ``file``; what none of them names is an orphan."""


def hold_files(model: type[Model]) -> None:
    """Say once, when a room is loaded, that its rows name kept files."""
    if model not in HOLDERS:
        HOLDERS.append(model)


def served(photo: Photo | TaskPhoto, number: str, *, small: bool = False) -> Served:
    """Return the file of an attachment, or the thumbnail of a photo, of the matter or task ``number``."""
    name = f"{number}-{photo.file[:6]}"
    if photo.kind == Photo.Kind.PDF:
        return Served(document_path(photo.file), "application/pdf", f"{name}.pdf")
    return Served(path_of(photo.file, small=small), "image/jpeg", f"{name}.jpg")


def named_files(beginning: str) -> set[str]:
    """Return the names of files that some room holds, of those with this beginning."""
    managers: list[Any] = [model._default_manager for model in HOLDERS]
    return {
        name
        for manager in managers
        for name in manager.filter(file__startswith=beginning).values_list("file", flat=True)
    }
