"""Files of a matter sorted for a page: photos before and after the work, other photos, documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template

from ..models import Photo

register = template.Library()


@dataclass(frozen=True, slots=True)
class Sides:
    """What a page shows; a lone photo of "before" or "after" stands in its own column all the same."""

    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    pictures: tuple[Photo, ...]
    documents: tuple[Photo, ...]

    @property
    def compared(self) -> bool:
        """Whether there is anything to set side by side."""
        return bool(self.before or self.after)


@register.filter
def before_and_after(photos: Iterable[Photo]) -> Sides:
    """Sort files for a page."""
    files = tuple(photos)
    pictures = tuple(photo for photo in files if photo.kind == Photo.Kind.PICTURE)
    return Sides(
        before=tuple(photo for photo in pictures if photo.stage == Photo.Stage.BEFORE),
        after=tuple(photo for photo in pictures if photo.stage == Photo.Stage.AFTER),
        pictures=tuple(photo for photo in pictures if not photo.stage),
        documents=tuple(photo for photo in files if photo.kind == Photo.Kind.PDF),
    )
