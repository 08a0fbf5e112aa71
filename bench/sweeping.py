"""The sweep of what is due among 1,000,000 matters: reminders, what is late, what nobody confirmed."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final
from unittest.mock import patch

from tests.program import Running

from shige.machine.database.cluster import Cluster
from shige.matters import clock
from shige.matters.confirmation.commands import answers as answering
from shige.matters.confirmation.commands.answers import lapse_unconfirmed
from shige.matters.handling.commands import reminders as reminding
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.visits.commands import tell_visitors
from shige.trust.gate import SYSTEM, Viewer

from .growing import grow
from .timing import Line

MATTERS: Final = 1_000_000
STRETCHES: Final = (
    ("five days missed", timedelta(0)),
    ("five minutes on", timedelta(minutes=5)),
    ("a day on", timedelta(days=1)),
)
"""Moments at which the sweep runs, one after the other: the first finds all that is late by now."""


def lines(running: Running) -> Iterator[Line]:
    """Grow the table, then sweep it at each moment."""
    grow(Cluster(running.data), MATTERS)
    begun = clock.now()
    for name, ahead in STRETCHES:
        with clock.at(begun + ahead):
            yield from swept(f"reminders, {name}", remind_due, "_remind", reminding)
            yield from swept(f"unconfirmed, {name}", lapse_unconfirmed, "_lapse", answering)
    with clock.at(begun + timedelta(days=1)):
        yield from swept("return visits of the day", tell_visitors, "", None)


def swept(name: str, sweep: Callable[[Viewer], int], step: str, room: object) -> Iterator[Line]:
    """Run one sweep; ``step`` of ``room`` is its transaction, whose longest run is the longest lock."""
    held: list[float] = []
    with patch.object(room, step, timed(getattr(room, step), held)) if room else patch.dict({}):
        begun = time.perf_counter()
        count = sweep(SYSTEM)
        took = time.perf_counter() - begun
    yield Line(name, took, "s", f"{count:,} matters")
    if held:
        yield Line(f"  longest lock, {name}", 1000 * max(held), "ms", f"of {len(held):,} transactions")


def timed(step: Callable[..., int], held: list[float]) -> Callable[..., int]:
    """Return a transaction that notes how long it took."""

    def run(*given: object) -> int:
        begun = time.perf_counter()
        count = step(*given)
        held.append(time.perf_counter() - begun)
        return count

    return run
