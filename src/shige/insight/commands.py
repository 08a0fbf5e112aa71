"""Bring the figures' memory up to date with the journal: read by position, in one order, repeatable."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from shige.matters.categories import category_of
from shige.profile import GUARDED
from shige.trust.models import JournalEntry

from .models import READER, CaseFact, Reader

MATTER: Final = "matter"
MOMENTS: Final = ("reported_at", "respond_by", "resolve_by", "responded_at", "solved_at", "closed_at")

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
        object_type=MATTER, position__gt=after, position__lte=upto, facts__has_key="reported_at"
    ).order_by("position")
    latest = {entry.object_id: entry for entry in entries}
    CaseFact.objects.bulk_create(
        [fact_of(entry) for entry in latest.values()],
        update_conflicts=True,
        unique_fields=["matter"],
        update_fields=UPDATED,
        batch_size=1000,
    )


def fact_of(entry: JournalEntry) -> CaseFact:
    """Return what the figures keep of an entry about a matter."""
    facts: Mapping[str, Any] = entry.facts
    return CaseFact(
        matter=entry.object_id,
        category=facts["category"],
        tier=facts["tier"],
        sealed=int(facts["sealed"]),
        guarded=is_guarded(facts),
        owner=facts["owner"],
        state=facts["state"],
        rating=facts["rating"],
        district_id=entry.district,
        street_id=entry.street,
        community_id=entry.community,
        general_id=entry.general,
        leaf_id=entry.leaf,
        **{name: moment(facts[name]) for name in MOMENTS},
        stopped_at=stop_in(facts),
    )


def stop_in(facts: Mapping[str, Any]) -> datetime | None:
    """Return since when the clock stands; of what waits in older entries, which lack it, always."""
    if "stopped_at" in facts:
        return moment(facts["stopped_at"])
    return moment(facts["reported_at"]) if facts["state"] == "waiting" else None


def is_guarded(facts: Mapping[str, Any]) -> bool:
    """Say whether an entry tells of danger to persons; older ones tell it by their category only."""
    if "guarded" in facts:
        return bool(facts["guarded"])
    return category_of(facts["category"]).kind == GUARDED


def moment(text: str | None) -> datetime | None:
    """Read a moment as the journal writes it (ISO 8601 with its offset)."""
    return datetime.fromisoformat(text) if text else None
