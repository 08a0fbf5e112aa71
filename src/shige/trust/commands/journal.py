"""Write the journal, give its entries one order, and prove that nobody changed them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from ..gate import Lineage, Viewer
from ..inserting import insert_many, insert_together
from ..models import JournalEntry

LOCK: Final = 0x5319E
"""Advisory lock of the one sequencer."""

GENESIS: Final = bytes(32)

CHAIN: Final = ("position", "previous_hash", "hash")

GIVE_ORDER: Final = """
UPDATE trust_journalentry AS entry
SET position = given.position, previous_hash = given.previous_hash, hash = given.hash
FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[]) AS given(id, position, previous_hash, hash)
WHERE entry.id = given.id
"""


def record(
    viewer: Viewer,
    verb: str,
    object_type: str,
    object_id: object,
    version: int,
    lineage: Lineage | None = None,
    facts: dict[str, object] | None = None,
) -> None:
    """Append one entry inside the caller's transaction, while the caller holds the object's row lock.

    ``facts`` must be free of personal data: the journal never forgets.
    """
    insert_together(entry_of(viewer, verb, object_type, (object_id, version, lineage, facts)))


Changed = tuple[object, int, Lineage | None, dict[str, object] | None]
"""One object that a command changed: its id, its version, where it lies, and facts."""


def record_all(viewer: Viewer, verb: str, object_type: str, changed: Iterable[Changed]) -> None:
    """Append one entry for each object with one statement, while the caller holds the locks of their rows."""
    insert_many([entry_of(viewer, verb, object_type, row) for row in changed])


def entry_of(viewer: Viewer, verb: str, object_type: str, changed: Changed) -> JournalEntry:
    """Return an entry, not yet saved, for whoever inserts it together with the object itself."""
    object_id, version, lineage, facts = changed
    place = lineage or Lineage()
    return JournalEntry(
        at=timezone.now(),
        actor_id=viewer.person,
        verb=verb,
        object_type=object_type,
        object_id=str(object_id),
        object_version=version,
        district=place.district,
        street=place.street,
        community=place.community,
        general=place.general,
        leaf=place.leaf,
        facts=facts or {},
    )


def sequence(limit: int = 5000) -> int:
    """Give finished entries the next positions and chain their hashes; return how many.

    Entries of one object are written under its row lock, so their serial numbers rise in the order of
    their commits; an entry of another object that commits late simply gets a later position.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        waiting = list(JournalEntry.objects.filter(position=None).order_by("pk")[:limit])
        if not waiting:
            return 0
        last = JournalEntry.objects.exclude(position=None).order_by("-position").first()
        position, previous = (last.position or 0, bytes(last.hash or b"")) if last else (0, GENESIS)
        for entry in waiting:
            position += 1
            entry.position, entry.previous_hash = position, previous
            previous = entry.hash = digest(entry)
        columns = ([getattr(entry, name) for entry in waiting] for name in ("pk", *CHAIN))
        cursor.execute(GIVE_ORDER, list(columns))
        return len(waiting)


def digest(entry: JournalEntry) -> bytes:
    """Return the SHA-256 over the entry's content, its position and the hash before it."""
    content = [
        entry.position,
        bytes(entry.previous_hash or b"").hex(),
        entry.at.timestamp(),
        entry.actor_id,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.object_version,
        [entry.district, entry.street, entry.community, entry.general, entry.leaf],
        entry.facts,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of a check of the whole journal: entries read, and the first fault, if any."""

    entries: int
    fault: str | None


def verify() -> Verdict:
    """Read the journal from the beginning and compute every hash again."""
    count, previous = 0, GENESIS
    for entry in JournalEntry.objects.exclude(position=None).order_by("position").iterator(2000):
        count += 1
        if entry.position != count:
            return Verdict(count, f"position {count} is missing")
        if bytes(entry.previous_hash or b"") != previous or bytes(entry.hash or b"") != digest(entry):
            return Verdict(count, f"entry {count} was changed")
        previous = bytes(entry.hash or b"")
    return Verdict(count, None)
