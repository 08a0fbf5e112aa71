"""Write the journal, and give its entries one order once it is sure that the program has written them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from ..bulk_insert import insert_many, insert_together
from ..entry_stamp import digest, is_known, is_stamped, stamp_of
from ..gate import Lineage, Viewer
from ..journal_facts import Bare, Fact, as_written
from ..models import JournalEntry

LOCK: Final = 0x5319E
"""Advisory lock of the one sequencer."""

GENESIS: Final = bytes(32)

BARE: Final = Bare()

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
    fact: Fact = BARE,
) -> None:
    """Append one entry inside the caller's transaction, while the caller holds the object's row lock.

    Raises
    ------
    UnknownFactError
        No room brings the kind ``verb``, or ``fact`` is not of its form.
    """
    insert_together(entry_of(viewer, verb, object_type, (object_id, version, lineage, fact)))


Changed = tuple[object, int, Lineage | None, Fact]
"""One object that a command changed: its id, its version, where it lies, and what is said of it."""


def record_all(viewer: Viewer, verb: str, object_type: str, changed: Iterable[Changed]) -> None:
    """Append one entry for each object with one statement, while the caller holds the locks of their rows."""
    insert_many([entry_of(viewer, verb, object_type, row) for row in changed])


def entry_of(viewer: Viewer, verb: str, object_type: str, changed: Changed) -> JournalEntry:
    """Return an entry, not yet saved, for whoever inserts it together with the object itself."""
    object_id, version, lineage, fact = changed
    place = lineage or Lineage()
    entry = JournalEntry(
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
        facts=as_written(verb, fact),
    )
    entry.stamp = stamp_of(entry)
    return entry


class TamperedError(Exception):
    """The journal is not what this process knows it to be; nothing was given a position."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far the journal is known: its last position, the hash there, and how many entries there are."""

    position: int = 0
    hash: bytes = GENESIS
    count: int = 0


@dataclass(slots=True)
class Memory:
    """What a process that gives positions knows by itself, whatever the database says.

    Parameters
    ----------
    head : Head, optional
        How far it has come; without it, the database is believed.
    taken : frozenset
        Entries (ids) without a stamp that a start or a restore has found and taken as they are.
    refused : set
        Waiting entries (ids) that the program has not written: they get no position.
    """

    head: Head | None = None
    taken: frozenset[int] = frozenset()
    refused: set[int] = field(default_factory=set)


def sequence(limit: int = 5000, memory: Memory | None = None) -> int:
    """Give finished entries the next positions and chain their hashes; return how many.

    Entries of one object are written under its row lock, so their serial numbers rise in the order of
    their commits; an entry of another object that commits late simply gets a later position. An entry that
    does not bear the program's stamp gets none.

    Raises
    ------
    TamperedError
        The journal does not continue what ``memory`` knows.
    """
    memory = memory or Memory()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        head = last_head() if memory.head is None else followed(memory.head)
        waiting = genuine(memory, limit)
        for entry in waiting:
            entry.position, entry.previous_hash = head.position + 1, head.hash
            entry.hash = digest(entry)
            head = Head(entry.position, entry.hash, head.count + 1)
        if waiting:
            columns = ([getattr(entry, name) for entry in waiting] for name in ("pk", *CHAIN))
            cursor.execute(GIVE_ORDER, list(columns))
    memory.head = head
    return len(waiting)


def last_head() -> Head:
    """Return how far the journal has come, as the database says."""
    last = JournalEntry.objects.exclude(position=None).order_by("-position").first()
    return Head(last.position or 0, bytes(last.hash or b""), last.position or 0) if last else Head()


def followed(known: Head) -> Head:
    """Return how far the journal has come, having checked that it continues what is known."""
    head = known
    rows = JournalEntry.objects.filter(position__gte=known.position).order_by("position")
    if known.position and not rows.filter(position=known.position, hash=known.hash).exists():
        raise TamperedError(f"position {known.position} is not what it was")
    for entry in rows.filter(position__gt=known.position).iterator(2000):
        if not follows(entry, head):
            raise TamperedError(f"position {head.position + 1} does not follow the one before")
        head = Head(head.position + 1, bytes(entry.hash or b""), head.count + 1)
    return head


def follows(entry: JournalEntry, head: Head) -> bool:
    """Say whether an entry is the next of the chain."""
    in_place = entry.position == head.position + 1 and bytes(entry.previous_hash or b"") == head.hash
    return in_place and bytes(entry.hash or b"") == digest(entry)


def genuine(memory: Memory, limit: int) -> Sequence[JournalEntry]:
    """Return the next entries without a position that the program has written, and remember the others."""
    waiting = JournalEntry.objects.filter(position=None).exclude(pk__in=memory.refused).order_by("pk")[:limit]
    found = []
    for entry in waiting:
        if is_stamped(entry) or (entry.pk in memory.taken and not is_known(entry.stamp)):
            found.append(entry)
        else:
            memory.refused.add(entry.pk)
    return found
