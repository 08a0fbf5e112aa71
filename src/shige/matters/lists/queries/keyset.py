"""The first lines of a list in the order of dates, whatever it is narrowed to, among millions.

A list is read in two ways. *Walking* goes along the index of a scope, date by date, and stops at a number of
entries: it fills a page at once with what is frequent. *Finding* asks the index of words and marks for all
that fits and sorts it: it is quick for what is rare. What walking does not fill is rare, and is found. The
choice is not left to the planner, which guesses badly how many matters answer several conditions at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import product
from operator import or_
from typing import Any, Final

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from ...models import Matter
from ...models.search import AREAS, TOLD
from .filters import Lead, Narrowed, answers

INDEX_STEPS: Final = 30_000
"""Entries of an index of open matters that a walk passes: they tell all, the table is not touched."""

TABLE_STEPS: Final = 4_000
"""Entries that a walk passes where each row of the table must be looked at."""

AT_LEAST: Final = 2
"""Entries that a walk passes for each line that is wanted."""

COLUMNS: Final = (*(f"{name}_id" if name in (*AREAS, "owner") else name for name in TOLD), "next_at", "id")
"""What a walk tells of each entry, by the names of the table."""

IN_HEAP: Final = frozenset({"reported_at"})
"""What may be looked up in the table besides, as an index is walked."""

Place = tuple[datetime, int]
"""Where a line stands: its date and its key."""

Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class PageRequest:
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
    def direction(self) -> str:
        """The direction in which it is read, as SQL says it."""
        return "DESC" if self.back else "ASC"


@dataclass(frozen=True, slots=True)
class Branch:
    """One lead among the open or among the done matters: an index of its own."""

    lead: Lead
    open: bool

    @property
    def here(self) -> Q:
        """The filter of all that it holds."""
        return self.lead.first & self.lead.also & Q(open=self.open)


def places(wanted: Narrowed, stretch: PageRequest) -> list[Place]:
    """Return where the wanted lines stand, in the order of dates; two statements, often one."""
    branches = [Branch(*pair) for pair in product(wanted.leads, wanted.opened)]
    walked = _read([_walk(branch, wanted, stretch) for branch in branches], stretch)
    every = {place for lines in walked for place in lines}
    rare = [
        branch
        for branch, lines in zip(branches, walked, strict=True)
        if len(lines) < stretch.count and _narrows(branch, wanted)
    ]
    every.update(place for lines in _read(_finds(rare, wanted, stretch), stretch) for place in lines)
    return sorted(sorted(every, reverse=stretch.back)[: stretch.count])


def _narrows(branch: Branch, wanted: Narrowed) -> bool:
    """Say whether a walk leaves anything out; one that does not has seen all when it is short."""
    return bool(branch.lead.also or wanted.filters or wanted.marks)


def _walk(branch: Branch, wanted: Narrowed, stretch: PageRequest) -> Statement | None:
    """Return the statement that reads a branch in order, up to a number of entries."""
    asked = _columns(branch.lead.also & wanted.filters) - {*COLUMNS}
    on_index = branch.open and not wanted.text and asked <= IN_HEAP
    columns = [*COLUMNS, *sorted(asked if on_index else asked | {"search", "number"})]
    steps = max(INDEX_STEPS if on_index else TABLE_STEPS, AT_LEAST * stretch.count)
    row = Matter.objects.filter(branch.lead.first, stretch.beyond, open=branch.open)
    ordered = row.order_by(*(["-next_at", "-pk"] if stretch.back else ["next_at", "pk"]))
    entries = _compiled(ordered.values_list(*columns)[:steps])
    fitting = _condition(branch.lead.also & wanted.filters & answers(wanted.marks if wanted.text else ()))
    if entries is None or fitting is None:
        return None
    where = f"WHERE {fitting[0]}" if fitting[0] else ""
    order = f"ORDER BY next_at {stretch.direction}, id {stretch.direction} LIMIT {stretch.count}"
    text = f'SELECT next_at, id FROM ({entries[0]}) AS "matters_matter" {where} {order}'  # noqa: S608
    return text, (*entries[1], *fitting[1])


def _columns(condition: Q) -> set[str]:
    """Return the columns of which a filter asks; what is no plain comparison asks by the key alone."""
    found: set[str] = set()
    children: list[Any] = condition.children
    for part in children:
        if isinstance(part, Q):
            found |= _columns(part)
        elif isinstance(part, tuple):
            name = part[0].split("__")[0]
            found.add("id" if name == "pk" else Matter._meta.get_field(name).attname)  # type: ignore[union-attr]
    return found


def _finds(branches: list[Branch], wanted: Narrowed, stretch: PageRequest) -> list[Statement | None]:
    """Return the statements that look up all that fits: one by the marks, or one for each branch."""
    if not wanted.marks and not all(branch.lead.marks for branch in branches):
        return [_find(branch.here & wanted.filters, (), stretch) for branch in branches]
    if not branches:
        return []
    here = reduce(or_, (branch.here for branch in branches))
    leads = {branch.lead.marks for branch in branches}
    marks = list(wanted.marks)
    if "" not in leads:
        marks.append("(" + " | ".join(f"({said})" for said in sorted(leads)) + ")")
    if all(branch.open for branch in branches):
        marks.append("'#open'")
    return [_find(here & wanted.filters, marks, stretch)]


def _find(here: Q, marks: Iterable[str], stretch: PageRequest) -> Statement | None:
    """Return the statement that looks all up that fits and sorts it.

    The sum with nothing keeps the planner from walking after all.
    """
    rows = Matter.objects.filter(here, stretch.beyond, answers(marks))
    turn = F("next_at") + Value(timedelta(0))
    ordered = rows.annotate(turn=turn).order_by(*(["-turn", "-pk"] if stretch.back else ["turn", "pk"]))
    return _compiled(ordered.values_list("next_at", "pk")[: stretch.count])


def _compiled(rows: QuerySet[Any, Any]) -> Statement | None:
    """Return a query as SQL; None where it can hold nothing."""
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return text, tuple(values)


def _condition(filters: Q) -> Statement | None:
    """Return a filter as SQL over the table's columns; None where nothing can fit."""
    query = Matter.objects.filter(filters).query
    try:
        text, values = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:
        return None
    except FullResultSet:
        return "", ()
    return text, tuple(values)


def _read(statements: list[Statement | None], stretch: PageRequest) -> list[list[Place]]:
    """Ask statements as one; return the lines of each."""
    asked = [(at, statement) for at, statement in enumerate(statements) if statement is not None]
    found: list[list[Place]] = [[] for _ in statements]
    if asked:
        # Only what Django has written is put together here; every value stays a parameter.
        text = " UNION ALL ".join(
            f"(SELECT {at}, lines.* FROM ({said[0]}) AS lines)"  # noqa: S608
            for at, said in asked
        )
        with connection.cursor() as cursor:
            cursor.execute(text, [value for _, said in asked for value in said[1]])
            for at, date, key in cursor.fetchall():
                found[at].append((date, key))
    return found
