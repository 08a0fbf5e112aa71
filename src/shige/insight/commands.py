"""Bring the figures' memory up to date with the journal: read by position, in one order, repeatable."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from shige.matters.facts import MatterChanged
from shige.trust.journal_facts import read_fact
from shige.trust.models import JournalEntry

from .models import READER, CaseFact, Reader

MATTER: Final = "matter"
MOMENTS: Final = (
    "reported_at",
    "respond_by",
    "resolve_by",
    "responded_at",
    "solved_at",
    "closed_at",
    "stopped_at",
)

UPDATED: Final = tuple(field.name for field in CaseFact._meta.concrete_fields if not field.primary_key)


@transaction.atomic
def advance(limit: int = 5000) -> int:
    """Read the next entries of the journal into the figures' memory; return how many were read.

    The reader's row is locked, so two processes never read at once; what they write and how far they
    came are committed together, so that an interruption repeats the whole step and nothing else. Later
    entries of a matter replace earlier ones: reading an entry again changes nothing.

    Parameters
    ----------
    limit
        Most positions to read in this transaction.
    """
    reader = locked_reader()
    upto: int | None = JournalEntry.objects.filter(
        position__gt=reader.position, position__lte=reader.position + limit
    ).aggregate(last=Max("position"))["last"]
    if upto is None:
        return 0
    remember(reader.position, upto)
    read, reader.position = upto - reader.position, upto
    reader.save(update_fields=["position"])
    return read


@transaction.atomic
def rebuild(limit: int = 5000) -> int:
    """Forget every figure and read the journal again from its beginning; return how many entries.

    One transaction: until it commits, everybody goes on seeing the figures as they were.
    """
    reader = locked_reader()
    CaseFact.objects.all().delete()
    reader.position = 0
    reader.save(update_fields=["position"])
    total = 0
    while read := advance(limit):
        total += read
    return total


def locked_reader() -> Reader:
    """Return the reader's row under its lock, making it the first time."""
    Reader.objects.get_or_create(name=READER)
    return Reader.objects.select_for_update().get(name=READER)


def remember(after: int, upto: int) -> None:
    """Write the last state of each matter that the entries after one position, up to another, tell of."""
    entries = JournalEntry.objects.filter(
        object_type=MATTER, position__gt=after, position__lte=upto
    ).order_by("position")
    latest = {entry.object_id: entry for entry in entries}
    CaseFact.objects.bulk_create(
        [
            case_of(entry, told)
            for entry in latest.values()
            if isinstance(told := read_fact(entry), MatterChanged)
        ],
        update_conflicts=True,
        unique_fields=["matter"],
        update_fields=UPDATED,
        batch_size=1000,
    )


def case_of(entry: JournalEntry, told: MatterChanged) -> CaseFact:
    """Return what the figures keep of an entry about a matter."""
    return CaseFact(
        matter=entry.object_id,
        category=told.category,
        tier=told.tier,
        sealed=told.sealed,
        guarded=told.guarded,
        owner=told.owner,
        state=told.state,
        rating=told.rating,
        district_id=entry.district,
        street_id=entry.street,
        community_id=entry.community,
        general_id=entry.general,
        leaf_id=entry.leaf,
        **{name: moment(getattr(told, name)) for name in MOMENTS},
    )


def moment(text: str | None) -> datetime | None:
    """Read a moment as the journal writes it (ISO 8601 with its offset)."""
    return datetime.fromisoformat(text) if text else None
