"""Follow the journal from its beginning, by hash, stamp and checkpoint, to the first fault."""

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from ..checkpoints import Line, Log
from ..commands.journal import Head
from ..entry_stamp import digest, is_known, is_stamped, micros
from ..facts import RowsForgotten
from ..journal_facts import Fact, UnknownFactError, Vouching, read_fact
from ..models import JournalEntry
from .fault import Fault, Kind


@dataclass(slots=True)
class Walk:
    """How far the walk has come, and which rows the entries on the way vouch for.

    Parameters
    ----------
    vouched : dict
        Positions by what the entry there tells of a row.
    forgotten : dict
        By table, until when (microseconds) rows were deleted because their time was up.
    unread : dict
        What entries say that this version of the program does not know, with the first position of each.
    """

    head: Head = field(default_factory=Head)
    waiting: int = 0
    unstamped: int = 0
    vouched: dict[str, list[int]] = field(default_factory=dict)
    forgotten: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)

    def meet(self, entry: JournalEntry) -> Fact | None:
        """Return what a genuine entry says, and remember until when it says that rows of a table are gone."""
        try:
            fact = read_fact(entry)
        except UnknownFactError as error:
            self.unread.setdefault(str(error), entry.position or 0)
            return None
        if isinstance(fact, RowsForgotten):
            self.forgotten[entry.object_id] = max(self.forgotten.get(entry.object_id, 0), fact.before)
        return fact

    def is_over(self, told: str) -> bool:
        """Say whether the row that an entry tells of may be gone, as its time was up."""
        table, moment, _ = told.split(" ")
        return int(moment) < self.forgotten.get(table, 0)


def walk(found: Walk, log: Log) -> Fault | None:
    """Follow the chain and look at what waits; give the first fault."""
    marks = log.marks()
    before = 0
    for entry in JournalEntry.objects.exclude(position=None).order_by("position").iterator(2000):
        if fault := _fault_in_chain(entry, found.head) or _fault_of_stamp(entry, found, log):
            return fault
        found.head = Head(found.head.position + 1, bytes(entry.hash or b""))
        mark = marks.get(found.head.position)
        if mark and mark.head != found.head.hash.hex():
            return _rewritten(before, mark)
        before = found.head.position if mark else before
        fact = found.meet(entry)
        if isinstance(fact, RowsForgotten) and fact.before > micros(entry.at):
            return _forgotten_early(entry, fact)
        if isinstance(fact, Vouching) and fact.kept:
            found.vouched.setdefault(fact.kept, []).append(found.head.position)
    return _cut(found.head, max(marks, default=0)) or _fault_of_waiting(found, log) or _twice()


def later_entries(head: Head) -> QuerySet[JournalEntry]:
    """Return entries without a position, and those that got one since the walk."""
    return JournalEntry.objects.filter(Q(position=None) | Q(position__gt=head.position)).order_by("pk")


def _fault_in_chain(entry: JournalEntry, head: Head) -> Fault | None:
    expected = head.position + 1
    if entry.position != expected:
        return Fault(Kind.MISSING, expected, f"position {expected} is missing")
    if bytes(entry.previous_hash or b"") != head.hash or bytes(entry.hash or b"") != digest(entry):
        return Fault(Kind.CHANGED, expected, f"entry {expected} was changed")
    return None


def _fault_of_stamp(entry: JournalEntry, found: Walk, log: Log) -> Fault | None:
    if is_stamped(entry):
        return None
    at = found.head.position + 1
    if not is_known(entry.stamp) and (at <= log.first_position or entry.pk in log.taken):
        found.unstamped += 1
        return None
    return Fault(Kind.FORGED, at, f"entry {at} was not written by the program, or was changed since")


def _forgotten_early(entry: JournalEntry, fact: RowsForgotten) -> Fault:
    """Tell of rows that were deleted before their time could be up: the clock was not the true one."""
    said = f"entry {entry.position} says that rows of {entry.object_id} were deleted up to a time to come"
    return Fault(Kind.FORGED, entry.position, said)


def _rewritten(before: int, mark: Line) -> Fault:
    said = f"entries {before + 1} to {mark.position} are not those of the checkpoint of {mark.at.isoformat()}"
    return Fault(Kind.REWRITTEN, before + 1, said)


def _cut(head: Head, proved: int) -> Fault | None:
    missing = head.position + 1
    if missing > proved:
        return None
    return Fault(Kind.CUT, missing, f"entries {missing} to {proved} were cut off at the end")


def _fault_of_waiting(found: Walk, log: Log) -> Fault | None:
    for entry in later_entries(found.head).iterator():
        found.waiting += entry.position is None
        if is_stamped(entry):
            found.meet(entry)
        elif is_known(entry.stamp) or entry.pk not in log.taken:
            said = (
                f"the waiting entry with id {entry.pk} was not written by the program, or was changed since"
            )
            return Fault(Kind.FORGED, None, said)
    return None


def _twice() -> Fault | None:
    """Find an entry that was put in a second time: each stamp is single."""
    stamped = JournalEntry.objects.exclude(stamp=None).values("stamp")
    twice = stamped.annotate(times=Count("id")).filter(times__gt=1).order_by("stamp")
    doubled = twice.values_list("stamp", flat=True).first()
    if doubled is None:
        return None
    places = JournalEntry.objects.filter(stamp=bytes(doubled)).values_list("position", flat=True)
    last = max(place or 0 for place in places)
    return Fault(Kind.TWICE, last or None, f"an entry stands in the journal twice, once at position {last}")
