"""Open what is sealed of a mediation: with a reason, on record (P5, P7)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied

from shige.matters.handling.commands.contact import openable, opened_on_record
from shige.matters.workflow.actors import reads_words
from shige.trust.gate import Viewer

from ..models.mediation import Mediation


@dataclass(frozen=True, slots=True)
class OpenedParty:
    """A party in the clear; what has passed its retention is empty."""

    pk: int
    side: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """One addition to the running note in the clear."""

    when: datetime
    post: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """What was opened of a mediation. ``notes`` are empty for whoever has only a task in it."""

    parties: tuple[OpenedParty, ...]
    notes: tuple[OpenedNote, ...]
    agreement: str


def reveal_mediation(viewer: Viewer, number: str, reason: str, *, notes: bool = True) -> OpenedRecord:
    """Open parties, agreement and, with ``notes``, the running note of a dispute.

    Raises
    ------
    PermissionDenied
        The matter is not for ``viewer``, or there is no record.
    ValidationError
        No reason is given, or nothing is sealed yet.
    """
    matter = openable(viewer, number)
    mediation = Mediation.objects.filter(matter=matter).first()
    if mediation is None:
        raise PermissionDenied("no record of a mediation")
    parties = list(mediation.parties.order_by("side", "pk"))
    added = (
        list(mediation.notes.select_related("post").order_by("pk")) if notes and reads_words(viewer) else []
    )
    handles = [mediation.agreement_handle, *(note.handle for note in added)]
    handles += [handle for party in parties for handle in (party.name_handle, party.phone_handle)]
    found = opened_on_record(viewer, matter, [handle for handle in handles if handle], reason)
    return OpenedRecord(
        tuple(
            OpenedParty(p.pk, p.side, _said(found, p.name_handle), _said(found, p.phone_handle))
            for p in parties
        ),
        tuple(OpenedNote(n.at, n.post.name if n.post else "", _said(found, n.handle)) for n in added),
        _said(found, mediation.agreement_handle),
    )


def _said(found: Mapping[uuid.UUID, str], handle: uuid.UUID | None) -> str:
    return found.get(handle, "") if handle else ""
