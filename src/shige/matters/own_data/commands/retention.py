"""Let go of what a matter says of people once its time is over; what figures count stays (P6)."""

from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from shige.files.store import delete as delete_kept
from shige.trust.gate import Viewer
from shige.trust.personal import FIELDS

from ... import clock
from ...models import Claim, Matter, Photo, Step, Summary, TaskPhoto
from ...models.follower import Follower
from ...workflow.commands.steps import journal
from ...workflow.own_words import said_by, said_in
from ...workflow.workflows import may_reopen

NOTHING: Final = {
    "words": "", "gist": "", "device_digest": None, "idempotency_key": None, "foreign_number": "",
}  # fmt: skip
"""What a matter holds of its reporter's words, as a hash of them and of the device that sent them, or as the
way to them in another system."""

NOWHERE: Final = {
    "place": "", "lon": None, "lat": None, "raw_lon": None, "raw_lat": None, "datum": "", "building": None,
}  # fmt: skip
"""Where exactly it was; its grid stays for the figures."""

INSIDE: Final = {"entrance": None, "floor": None}
AT_ONCE: Final = 500


@transaction.atomic
def forget_past(viewer: Viewer, now: datetime | None = None) -> int:
    """Clear words and files of matters that ended long ago, of some at a time; return of how many.

    They stay after the end for as long as the vault keeps the words of a confidential one. Where such a one
    was is cleared as well, and a place in the reporter's own words; category, grid, dates and what the
    offices wrote stay.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself forgets")
    photos = Photo.objects.filter(matter=OuterRef("pk"))
    given = TaskPhoto.objects.filter(task__matter=OuterRef("pk"))
    placed = Q(confidential=True) & Q(lon__isnull=False) | (Q(confidential=True) | Q(lon=None)) & ~Q(place="")
    traced = ~Q(gist="", device_digest=None, filer_digest=None, idempotency_key=None, foreign_number="")
    telling = ~Q(words="") | traced | placed | Exists(photos) | Exists(given) | _said_later()
    over = Matter.objects.select_for_update().filter(
        open=False, closed_at__lt=(now or clock.now()) - FIELDS["matter.words"].keep
    )
    matters = list(over.filter(telling).order_by("pk")[:AT_ONCE])
    delete_files(Photo.objects.filter(matter__in=matters))
    delete_files(TaskPhoto.objects.filter(task__matter__in=matters))
    for matter in matters:
        clear(viewer, matter, place=matter.confidential or matter.lon is None)
    return len(matters)


def _said_later() -> Q:
    """Match matters of which a resident has said something that still stands somewhere."""
    here = OuterRef("pk")
    notes = ~Q(said="") | ~Q(said_by="") & ~Q(note="")
    mark = Concat(Value("matter "), Cast(OuterRef("pk"), CharField()))
    return (
        Q(Exists(Step.objects.filter(notes, matter=here)))
        | Q(Exists(Step.objects.filter(notes, said_by=mark)))
        | Q(Exists(Follower.objects.filter(~Q(words=""), matter=here)))
        | Q(Exists(Claim.objects.filter(~Q(group=""), matter=here)))
    )


def unsay(steps: QuerySet[Step]) -> None:
    """Clear the words of residents in steps; whose they were stays, so that who read them can be told."""
    steps.exclude(said_by="").update(note="")
    steps.update(said="")


def delete_files(named: QuerySet[Photo] | QuerySet[TaskPhoto]) -> None:
    """Delete photos and PDFs from the database, and from the disk as soon as that is committed."""
    names = list(named.values_list("file", flat=True))
    named.delete()
    transaction.on_commit(lambda: delete_kept(names))


def clear(viewer: Viewer, matter: Matter, *, place: bool) -> None:
    """Clear what a reporter said in a matter that has ended, and with ``place`` where it was.

    All that was made of it goes too: the gist, the summary for neighbours, the hashes of form and device, the
    place in tasks. The search words follow by themselves.
    """
    unsay(said_in(matter))
    unsay(said_by(matter))
    matter.joinings.update(words="")
    matter.claims.update(group="", sender=None)
    Summary.objects.filter(matter=matter).delete()
    gone: dict[str, object] = {**NOTHING, **INSIDE}
    if not may_reopen(matter):  # else it could be taken up again and confirmed by whoever handles it
        gone["filer_digest"] = None
    if place:
        gone |= NOWHERE
        matter.tasks.update(place="", lon=None, lat=None)
        matter.joint_tasks.update(place="")
    for name, empty in gone.items():
        setattr(matter, name, empty)
    matter.version += 1
    matter.save(update_fields=[*gone, "version"])
    journal(viewer, "matter.forgotten", matter)
