"""Notes as their writers, the post in charge and the organisation above read them (R10)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shige.redline.models import Standing
from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.queries import today

from ..models import Note
from ..reach import overseen
from .kinds import LABELS, LOOKED_AT

SHOWN = 50
"""How many notes a list shows."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note, its organisation's name, and whether it waits for its reader's answer."""

    note: Note
    organisation: str
    waits: bool

    @property
    def label(self) -> str:
        """What its kind is called."""
        return str(LABELS[self.note.kind])

    @property
    def looked_at(self) -> list[str]:
        """What was looked at, in words."""
        return [str(LOOKED_AT[code]) for code in self.note.looked_at if code in LOOKED_AT]


def notes_seen(viewer: Viewer, area: Area | None = None) -> list[NoteView]:
    """Return the last notes that somebody wrote, is to read, or that were written below; the newest first."""
    found = _seen(viewer)
    if area is not None:
        found = found.filter(area=area)
    return _views(viewer, found.order_by("-on", "-pk")[:SHOWN])


def note_seen(viewer: Viewer, pk: int) -> NoteView | None:
    """Return a note that ``viewer`` may read; None for anybody else."""
    return next(iter(_views(viewer, _seen(viewer).filter(pk=pk))), None)


def notes_known(viewer: Viewer, keys: Collection[str]) -> set[str]:
    """Return those of some notes, by the keys that messages name, that ``viewer`` may still read."""
    seen = _seen(viewer).filter(pk__in=[int(key) for key in keys])
    return {str(pk) for pk in seen.values_list("pk", flat=True)}


def written_for(organisation: int) -> QuerySet[Note]:
    """Return what an organisation's overseers wrote, the oldest first."""
    return Note.objects.filter(organisation=organisation).select_related("area").order_by("on", "pk")


def _seen(viewer: Viewer) -> QuerySet[Note]:
    own = [one.organisation for one in overseen(viewer)]
    below = Standing.objects.filter(parent__in=own, valid__contains=today()).values("organisation")
    posts = [scope.post for scope in viewer.holding("note.see")]
    by_overseer = Q(organisation__in=own) | Q(above__in=own) | Q(organisation__in=below)
    found = Note.objects.filter(by_overseer | Q(asked__in=posts))
    return found.select_related("area", "post", "asked")


def _views(viewer: Viewer, notes: QuerySet[Note]) -> list[NoteView]:
    own = {one.organisation for one in overseen(viewer)}
    rows = list(notes)
    named = Standing.objects.filter(organisation__in={row.organisation_id for row in rows}).order_by("pk")
    names = dict(named.values_list("organisation", "name"))
    return [
        NoteView(row, names.get(row.organisation_id, ""), row.above_id in own and row.answered_at is None)
        for row in rows
    ]
