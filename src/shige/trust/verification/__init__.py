"""Prove that nobody changed the journal, nor who looked at what, behind the program's back (P7).

Three things hold it: the chain of hashes, which anybody can compute again; the stamps, which only the program
can make; and the checkpoints outside the database, which say what the chain was. Whoever holds the database
alone can rewrite the first, not the other two.
"""

from dataclasses import dataclass

from ..checkpoints import Kind as LineKind
from ..checkpoints import Line, Log, LogError
from ..commands.checkpoint import log_here
from .chain import Walk, walk
from .fault import Fault, Kind
from .guards import compare_guards
from .rows import compare

__all__ = ["Fault", "Kind", "Verdict", "verify"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole journal proves.

    Parameters
    ----------
    entries : int
        Entries with a position that were read.
    waiting : int
        Entries that wait for their position.
    readings : int
        Rows of who looked at what.
    unstamped : int
        Entries whose stamp cannot be checked: older than stamps, or of a key that is not at hand.
    log : Log
        The checkpoints.
    fault : Fault, optional
        The first thing that does not fit; without one, all up to the last checkpoint is as it was.
    unread : tuple of str
        What entries say that this version of the program does not know, and where first.
    """

    entries: int
    waiting: int
    readings: int
    unstamped: int
    log: Log
    fault: Fault | None
    unread: tuple[str, ...] = ()

    @property
    def proved(self) -> Line | None:
        """The last checkpoint."""
        return self.log.lines[-1] if self.log.lines else None

    def lines(self, kind: LineKind) -> list[Line]:
        """Return the lines of a kind, such as signed breaks."""
        return [line for line in self.log.lines if line.kind is kind]


def verify() -> Verdict:
    """Compare the journal with stamps, checkpoints and readings from its beginning; nothing is changed."""
    try:
        log = log_here()
    except LogError as error:
        return Verdict(0, 0, 0, 0, Log((), 0), Fault(Kind.CHECKPOINTS, None, str(error)))
    found = Walk()
    fault = walk(found, log)
    readings = 0
    if fault is None:
        readings, fault = compare(found)
    fault = fault or compare_guards()
    unread = tuple(f"{what} (entry {place or 'without a position'})" for what, place in found.unread.items())
    return Verdict(found.head.position, found.waiting, readings, found.unstamped, log, fault, unread)
