"""Receipts of readings: who was shown the words of which matters, written before they are (P5, P7)."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shige.trust.bulk_insert import insert_together
from shige.trust.commands import entry_of, note_forgotten
from shige.trust.gate import Viewer
from shige.trust.personal import FIELDS
from shige.trust.vouched_rows import told_of

from .. import clock
from ..facts import MatterRead
from ..handling.commands.contact import roles_of
from ..models import Reading
from .shown import Shown

MOST: Final = 20_000
"""Matters in one receipt."""


def keep_receipts(viewer: Viewer, shown: Shown, *, api: bool = False) -> None:
    """Write one receipt for each page and one for all lines, each with an entry of the journal.

    Nothing is written for the public, who read by a code, or for the program itself.
    """
    person = viewer.person
    if person is None:
        return
    how = Reading.How.API if api else Reading.How.PAGE
    rows = [_receipt(viewer, person, [key], how, why) for key, why in shown.opened.items()]
    if listed := sorted(shown.listed - shown.opened.keys())[:MOST]:
        how = Reading.How.API if api else Reading.How.LIST
        rows.append(_receipt(viewer, person, listed, how, Reading.Why.AREA))
    for row in rows:
        told = MatterRead(how=row.how, why=row.why, matters=row.matters, kept=told_of(row))
        entry = entry_of(viewer, "matter.read", "person", (person, 1, None, told))
        insert_together(row, entry)


def forget_receipts(viewer: Viewer, now: datetime | None = None) -> int:
    """Delete receipts that are older than the words they are about can be; return how many (P6)."""
    if not viewer.system:
        raise PermissionDenied("only the program itself forgets")
    before = (now or clock.now()) - FIELDS["matter.words"].keep - timedelta(days=365)
    with transaction.atomic():
        count, _ = Reading.objects.filter(at__lt=before).delete()
        if count:
            note_forgotten(viewer, Reading, before)
    return count


def _receipt(viewer: Viewer, person: int, matters: list[int], how: str, why: str) -> Reading:
    return Reading(matters=matters, person_id=person, role=roles_of(viewer), how=how, why=why, at=clock.now())
