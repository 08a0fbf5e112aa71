"""Let go of what a matter says of people once its time is over; what figures count stays (P6)."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from shige.trust.gate import Viewer
from shige.trust.personal import FIELDS

from .. import clock
from ..models import Matter, Photo, Summary, TaskPhoto
from ..workflow import said_by_reporter
from .stepping import journal

PLACE: Final = ("place", "lon", "lat", "raw_lon", "raw_lat", "entrance", "floor")
AT_ONCE: Final = 500


@transaction.atomic
def forget_past(viewer: Viewer) -> int:
    """Clear words and files of matters that ended long ago, of some at a time; return of how many.

    They stay after the end for as long as the vault keeps the words of a confidential one. Where such a one
    was is cleared as well, and a place in the reporter's own words; category, grid, dates and what the
    offices wrote stay. Files are deleted from the disk with the orphans.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself forgets")
    photos = Photo.objects.filter(matter=OuterRef("pk"))
    given = TaskPhoto.objects.filter(task__matter=OuterRef("pk"))
    placed = Q(confidential=True) & Q(lon__isnull=False) | (Q(confidential=True) | Q(lon=None)) & ~Q(place="")
    telling = ~Q(words="") | placed | Exists(photos) | Exists(given)
    over = Matter.objects.select_for_update().filter(
        open=False, closed_at__lt=clock.now() - FIELDS["matter.words"].keep
    )
    matters = list(over.filter(telling).order_by("pk")[:AT_ONCE])
    Photo.objects.filter(matter__in=matters).delete()
    TaskPhoto.objects.filter(task__matter__in=matters).delete()
    for matter in matters:
        clear(viewer, matter)
    return len(matters)


def clear(viewer: Viewer, matter: Matter) -> None:
    """Clear what a reporter said in a matter that has ended."""
    said_by_reporter(matter).update(note="")
    matter.joinings.update(words="")
    Summary.objects.filter(matter=matter).delete()
    matter.words = ""
    matter.entrance = matter.floor = None
    if matter.confidential or matter.lon is None:
        matter.place = ""
        matter.lon = matter.lat = matter.raw_lon = matter.raw_lat = None
    matter.version += 1
    matter.save(update_fields=["words", *PLACE, "version"])
    journal(viewer, "matter.forgotten", matter)
