"""Keeps the journal anchored while the program runs: order, checks before it, checkpoints after it."""

from time import monotonic
from typing import Self

import structlog
from django.conf import settings

from shige.trust.checkpoints import KeyFileError, Kind, Line, LogError, last_line
from shige.trust.commands import Head, Memory, TamperedError, memory_of_log, sequence, write_checkpoint

from .poster import Poster

CHANGED_AFTER = 20.0
"""Seconds after which what came in has its checkpoint."""

LONGEST = 60.0
"""Seconds after which there is one, whatever happens."""

log = structlog.get_logger()


class Anchor:
    """What the sequencer knows of the journal by itself, so that the database cannot tell it otherwise.

    Parameters
    ----------
    poster : Poster, optional
        Brings each line to an address of the operator.
    """

    def __init__(self, poster: Poster | None = None) -> None:
        self._poster = poster
        self._memory: Memory | None = None
        self._written = Head()
        self._since = 0.0
        self._told: set[str] = set()
        self._halted = False

    @classmethod
    def from_settings(cls) -> Self:
        """Make one that posts where the operator wants it."""
        url = settings.SHIGE_CHECKPOINT_URL
        return cls(Poster(url) if url else None)

    def step(self) -> None:
        """Give positions to what the program has written, and write a checkpoint where one is due."""
        memory = self._order()
        if memory is None or memory.head is None:
            return
        passed = monotonic() - self._since
        if passed >= LONGEST or (passed >= CHANGED_AFTER and memory.head != self._written):
            self._write(Kind.CHECKPOINT, memory.head)

    def end(self) -> None:
        """Write the last checkpoint of an orderly stop."""
        memory = self._order()
        if memory is not None and memory.head is not None:
            self._write(Kind.STOP, memory.head)
        if self._poster:
            self._poster.end()

    def _order(self) -> Memory | None:
        """Sequence all that waits; None where the journal is not what it was, until a break is declared."""
        if self._halted and not self._is_released():
            return None
        try:
            if self._memory is None:
                self._memory = memory_of_log()
            while sequence(memory=self._memory):
                pass
        except (TamperedError, LogError, KeyFileError) as error:
            self._halted = True
            self._tell(str(error))
            return None
        for pk in sorted(self._memory.refused):
            self._tell(f"the entry with id {pk} was not written by the program, or changed since")
        return self._memory

    def _is_released(self) -> bool:
        """Begin anew where the operator has declared a break."""
        text = last_line(settings.SHIGE_CHECKPOINTS)
        if text is None or Line.read(text).kind is not Kind.BREAK:
            return False
        self._halted, self._memory = False, None
        return True

    def _tell(self, found: str) -> None:
        if found in self._told:
            return
        self._told.add(found)
        log.error("journal was tampered with", found=found)
        if self._memory and self._memory.head:
            self._write(Kind.FAULT, self._memory.head, found=found)

    def _write(self, kind: Kind, head: Head, **more: object) -> None:
        text = write_checkpoint(kind, head, **more)
        self._written, self._since = head, monotonic()
        if self._poster:
            self._poster.post(text)
