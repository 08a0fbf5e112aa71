"""The first lines of a list in the order of dates, whatever it is narrowed to, among millions.

A list is read in two ways. *Walking* goes along the index of a scope, date by date, and stops at a number of
entries: it finds at once what is frequent. *Finding* asks the index of words and marks for all that fits and
sorts it: it is quick for what is rare. What walking does not fill is rare, and is found. Neither leaves the
choice to the planner, which guesses badly how many matters answer several conditions at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.lookups import Lookup

from ..models import Matter
from ..models.looking import TOLD
from .narrowing import Lead, Narrowed

OPEN_STEPS: Final = 30_000
"""Entries of an index of open matters that a walk passes; they tell all, the table is not touched."""

TABLE_STEPS: Final = 4_000
"""Entries that a walk passes where each row of the table must be looked at."""

Place = tuple[datetime, int]
"""Where a line stands: its date and its key."""

Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which lines are wanted: the first ``count`` after a place, or the last before it with ``back``."""

    count: int
    after: Place | None = None
    back: bool = False

    @property
    def beyond(self) -> Q:
        """The filter of what lies beyond the place."""
        if self.after is None:
            return Q()
        date, key = self.after
        if self.back:
            return Q(next_at__lte=date) & (Q(next_at__lt=date) | Q(pk__lt=key))
        return Q(next_at__gte=date) & (Q(next_at__gt=date) | Q(pk__gt=key))

    @property
    def order(self) -> tuple[str, str]:
        """The order in which it is read."""
        return ("-next_at", "-pk") if self.back else ("next_at", "pk")


@dataclass(frozen=True, slots=True)
class Branch:
    """One lead among the open or the done matters: both have an index of their own."""

    lead: Lead
    open: bool


def places(narrowed: Narrowed, stretch: Stretch) -> list[Place]:
    """Return where the wanted lines stand, in the order of dates; two statements, often one."""
    branches = [Branch(*pair) for pair in product(narrowed.leads, narrowed.opened)]
    walked = _asked(branches, lambda branch: _walk(branch, narrowed, stretch), stretch)
    short = [at for at in range(len(branches)) if len(walked.get(at, ())) < stretch.count]
    if short and _narrows(narrowed):
        rare = [branches[at] for at in short]
        found = _asked(rare, lambda branch: _find(branch, narrowed, stretch), stretch)
        walked |= {at: found.get(number, []) for number, at in enumerate(short)}
    every = {place for some in walked.values() for place in some}
    return sorted(sorted(every, reverse=stretch.back)[: stretch.count])
