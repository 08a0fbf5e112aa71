"""Write down outside the database what the journal is now, signed (P7)."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from ..checkpoints import (
    Kind,
    Line,
    Log,
    append,
    append_erased,
    count_unsigned,
    is_empty,
    last_line,
    length_of,
    read_log,
    rotate_keys,
)
from ..checkpoints.keys import write_keys
from ..database_clock import database_time
from ..entry_stamp import checkpoint_keys, is_known, micros
from ..facts import FORGOTTEN, RowsForgotten
from ..gate import Viewer
from ..journal_facts import Vouching
from ..models import JournalEntry
from ..vouched_rows import FACT, KEPT, told_of
from .journal import Changed, Head, Memory, last_head, record, record_all

"""The entry that says until when rows of a table were deleted because their time was up."""


def write_checkpoint(kind: Kind = Kind.CHECKPOINT, head: Head | None = None, **more: object) -> bytes:
    """Write a signed line about the journal up to ``head`` and return it when it lies on the disk."""
    checkpoint_keys.cache_clear()  # another process may have put a new key in use
    head = head or last_head()
    said = {**more, "erased": length_of(settings.SHIGE_ERASURES)}
    line = Line(kind, head.position, head.count, head.hash.hex(), database_time(), "", "", said)
    return append(settings.SHIGE_CHECKPOINTS, checkpoint_keys(), line)


def begin(viewer: Viewer) -> bool:
    """Write the first line, or take a restored journal over; return whether there was anything to do.

    Only here are entries and readings without a stamp taken as they are found: those of a version of the
    program that had none. The line names the ones that still wait for their position.
    """
    folder = settings.SHIGE_CHECKPOINTS
    text = last_line(folder)
    if text is not None and Line.read(text).kind is not Kind.BREAK:
        return False
    with transaction.atomic():
        for model in KEPT:
            vouch_for_old_rows(viewer, model)
    if is_empty(folder):
        public = checkpoint_keys().public()[checkpoint_keys().current]
        write_checkpoint(Kind.BEGIN, public=public.hex(), taken=waiting_without_stamp())
    return True


def take_over_erasures() -> int:
    """Vouch, once, by a signed line for the unsigned list of an earlier version; return how long it was.

    Once a checkpoint tells of the list, none that is not signed is ever taken: it is somebody else's.
    """
    path = settings.SHIGE_ERASURES
    count = count_unsigned(path)
    if not count or any("erased" in line.more for line in log_here().lines):
        return 0
    append_erased(path, checkpoint_keys(), [{"at": database_time().isoformat(), "taken_over": str(count)}])
    return count


def declare_break(reason: str) -> None:
    """Say in a signed line that the journal was replaced on purpose, as by a fail-over that lost its end."""
    lines = log_here().lines
    lost = {"position": lines[-1].position, "head": lines[-1].head} if lines else {}
    goes_on = is_on_the_chain(log_here())
    write_checkpoint(Kind.BREAK, reason=reason, lost=lost, continues=goes_on, taken=waiting_without_stamp())


def is_on_the_chain(log: Log) -> bool:
    """Say whether the journal, as far as it goes, is the one of the checkpoints."""
    head = last_head()
    marks = [mark for at, mark in log.marks().items() if 0 < at <= head.position]
    if not marks:
        return True
    mark = max(marks, key=lambda line: line.position)
    return JournalEntry.objects.filter(position=mark.position, hash=bytes.fromhex(mark.head)).exists()


def rotate_checkpoint_key(viewer: Viewer) -> str:
    """Put a new key in use, announced by a line that the old one signs; return its name."""
    path = settings.SHIGE_CHECKPOINT_KEY_FILE
    held, grown = rotate_keys(path)
    public = grown.public()[grown.current]
    # First both are known, then the line, then the new one signs: cut anywhere, what is written can be read.
    write_keys(path, type(held)(held.current, grown.seeds))
    write_checkpoint(Kind.KEY, public=public.hex())
    write_keys(path, grown)
    checkpoint_keys.cache_clear()
    record(viewer, "journal.key_rotated", "journal", "key", len(grown.seeds))
    return grown.current.hex()


def memory_of_log() -> Memory:
    """Return what the checkpoints know, for the process that gives positions."""
    log = log_here()
    if not log.lines:
        return Memory()
    last = log.lines[-1]
    return Memory(Head(last.position, bytes.fromhex(last.head), last.count), log.taken)


def log_here() -> Log:
    """Return the checkpoints of this program, checked; LogError where they do not hold together."""
    public = {name.hex(): key for name, key in checkpoint_keys().public().items()}
    return read_log(settings.SHIGE_CHECKPOINTS, public)


def waiting_without_stamp() -> list[int]:
    """Return the ids of waiting entries whose stamp cannot be checked here."""
    waiting = JournalEntry.objects.filter(position=None).order_by("pk")
    return [pk for pk, stamp in waiting.values_list("pk", "stamp") if not is_known(stamp)]


def vouch_for_old_rows(viewer: Viewer, model: type[Model]) -> None:
    """Write an entry for each row of a model that no entry vouches for yet."""
    known = set(vouched())
    rows = model._default_manager.order_by("pk").iterator()
    strange = [(row.pk, told) for row in rows if (told := told_of(row)) not in known]
    changed: list[Changed] = [
        (f"{model._meta.db_table} {pk}", 1, None, Vouching(kept=told)) for pk, told in strange
    ]
    record_all(viewer, "journal.vouched", "row", changed)


def vouched() -> Iterator[str]:
    """Yield what entries tell of rows, one by one."""
    entries = JournalEntry.objects.filter(facts__has_key=FACT)
    yield from entries.values_list(f"facts__{FACT}", flat=True).iterator()


def note_forgotten(viewer: Viewer, model: type[Model], before: datetime) -> None:
    """Say, in the caller's transaction, that rows older than a moment were deleted as their time is up."""
    record(viewer, FORGOTTEN, "table", model._meta.db_table, 1, fact=RowsForgotten(before=micros(before)))
