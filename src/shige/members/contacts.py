"""Open, export and find entries by name: each is put on record before anything is handed over (R11, P7)."""

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shige.redline.models import Standing
from shige.redline.reach import may_for
from shige.territory.lineage import lineage_of
from shige.trust.commands import note_export, record, record_all
from shige.trust.gate import Viewer
from shige.trust.journal_facts import Bare
from shige.trust.models import JournalEntry
from shige.trust.permissions import Action

from .apart import register_open
from .models import Member
from .sealing import Contact, opened


def open_contact(viewer: Viewer, key: uuid.UUID) -> Contact:
    """Return name, telephone and words of an entry; who opened it is committed before (P7).

    Raises
    ------
    PermissionDenied
        It is of none of the viewer's organisations, or is no more.
    """
    return open_contacts(viewer, [key])[key]


def open_contacts(viewer: Viewer, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """Return what is to be opened of some entries, each on record; as with ``open_contact``."""
    with transaction.atomic(durable=True):
        for key in keys:
            note_opened(viewer, key)
    with register_open():
        return {member.key: opened(member) for member in Member.objects.filter(key__in=keys)}


def note_opened(viewer: Viewer, key: uuid.UUID) -> None:
    """Put on record that a contact is about to be opened; errors as with ``open_contact``."""
    standing = entry_reached(viewer, "member.open", key)
    record(viewer, "member.opened", "member", key, 1, lineage_of(standing.area))


def was_opened_by(viewer: Viewer, member: Member) -> bool:
    """Say whether this person has opened the contact of an entry as it stands now."""
    opened_here = JournalEntry.objects.filter(object_type="member", object_id=str(member.key))
    since = opened_here.filter(verb="member.opened", actor=viewer.person, at__gte=member.changed_at)
    return viewer.person is not None and since.exists()


def note_export_of(viewer: Viewer, keys: list[uuid.UUID]) -> None:
    """Commit that entries are about to be handed out, so that each of them can say so (P7)."""
    with transaction.atomic(durable=True):
        note_export(viewer, "members", len(keys))
        record_all(viewer, "member.exported", "member", [(key, 1, None, Bare()) for key in keys])


def note_found(viewer: Viewer, keys: Collection[uuid.UUID]) -> None:
    """Commit that entries were found by their whole names, which tells whose they are (P7)."""
    if keys:
        with transaction.atomic(durable=True):
            record_all(viewer, "member.found", "member", [(key, 1, None, Bare()) for key in keys])


def entry_reached(viewer: Viewer, action: Action, key: uuid.UUID) -> Standing:
    """Return the organisation of an entry with which the viewer may do something.

    Raises
    ------
    PermissionDenied
        It is of none of their organisations, or is no more.
    """
    with register_open():
        held = Member.objects.exclude(state=Member.State.ENDED).filter(key=key)
        number = held.values_list("organisation", flat=True).first()
    standing = may_for(viewer, action, number) if number is not None else None
    if standing is None:
        raise PermissionDenied("no entry of the viewer's organisations")
    return standing
