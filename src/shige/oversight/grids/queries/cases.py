"""Cases as an overseer reads them: of a category with enough of them in a general grid, nobody in it (R10).

A case stands with the smallest area that it may name, its general or exclusive grid. What is counted are
these lines; of the rest an overseer learns that there is something, never how much: so no count of a wider
area less those of its parts tells of a case that is kept back (P8).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Left

from shige.matters import clock
from shige.matters.categories import group_name, is_unsorted
from shige.matters.lists.queries.rows import late
from shige.matters.models import Matter, Step
from shige.matters.visibility.areas import open_to_counting
from shige.profile import GUARDED
from shige.territory.models import Area
from shige.trust.gate import Viewer, unconcerned
from shige.trust.jurisdiction import profile
from shige.trust.veil import unveiled, veiled

PERIOD: Final = timedelta(days=90)
"""A category of a grid is told of once so many of it came in this long, or are open still."""

WEEK: Final = timedelta(days=7)
RELEASED: Final = "release"
"""The step by which a seal was lifted."""

TOP: Final = 2
"""Digits of a top category."""

COLUMNS: Final = (
    "pk", "middle", "community", "general__name", "leaf__name", "top", "category", "reopened", "running",
    "next_at",
)  # fmt: skip
"""All that is read of a matter."""


@dataclass(frozen=True, slots=True)
class Case:
    """A matter that is late or was reopened, without its place, its words and whoever reported it.

    ``matter``, ``grid`` and ``community`` are for comparing; what is shown is ``handle``, and ``place``, the
    name of its general or exclusive grid. ``code`` is that of its top category, ``weeks`` are whole ones
    since it was due.
    """

    matter: int
    grid: int
    community: int
    place: str
    code: str
    category: str
    late: bool
    reopened: bool
    weeks: int

    @property
    def handle(self) -> str:
        """The name under which an overseer may speak of it: it leads to no page."""
        return veiled("case", str(self.matter))


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is late or reopened in an area: cases that may be told of, and whether there is ``more``."""

    cases: tuple[Case, ...]
    more: bool

    @property
    def late(self) -> int:
        """How many of the cases are late."""
        return sum(case.late for case in self.cases)

    @property
    def reopened(self) -> int:
        """How many of the cases were reopened."""
        return sum(case.reopened for case in self.cases)

    @property
    def any(self) -> bool:
        """Say whether there is something at all."""
        return self.more or bool(self.cases)

    def within(self, area: int) -> "Trouble":
        """Return the cases of a community, or of a general or exclusive grid; of the rest nothing."""
        return Trouble(tuple(case for case in self.cases if area in (case.grid, case.community)), more=False)


def trouble_in(viewer: Viewer, area: Area) -> Trouble:
    """Return what is late or reopened in a general grid or a wider area; two statements."""
    seen = _countable(viewer, area).annotate(
        middle=Coalesce("general_id", "leaf_id"), top=Left("category", TOP)
    )
    lately = Q(open=True) | Q(reported_at__gte=clock.now() - PERIOD)
    counted = seen.filter(lately).values_list("middle", "top").annotate(count=Count("pk"))
    enough = {(grid, top) for grid, top, count in counted if count >= profile().suppress_under}
    troubled = seen.filter(_troubled()).order_by("next_at", "pk")
    rows: list[dict[str, Any]] = list(troubled.values(*COLUMNS))
    told = tuple(
        _case(row)
        for row in rows
        if (row["middle"], row["top"]) in enough and not is_unsorted(row["category"])
    )
    return Trouble(told, more=len(told) < len(rows))


def something_in(viewer: Viewer, area: Area) -> bool:
    """Say whether something is late or reopened in an area: all that a neighbour is told; one statement."""
    return _countable(viewer, area).filter(_troubled()).exists()


def case_of(trouble: Trouble, handle: str) -> Case | None:
    """Return the case that an overseer names, if it is among those that they are told of now."""
    try:
        wanted = int(unveiled("case", handle))
    except ValueError:
        return None
    return next((case for case in trouble.cases if case.matter == wanted), None)


def _countable(viewer: Viewer, area: Area) -> QuerySet[Matter]:
    """Return the matters of an area that may count at all: none confidential or sealed, no danger (P3, P4).

    Nor what was sealed once, for whatever reason, or is of a kind that is: its release brings it before
    nobody here.
    """
    kept = [leaf.code for leaf in profile().leaf_categories if leaf.seal or leaf.never_mediate]
    plain = open_to_counting([area.pk]).exclude(kind=GUARDED).exclude(category__in=kept)
    plain = plain.filter(unconcerned(viewer), endangered=False).exclude(state=Matter.State.MERGED)
    return plain.exclude(Exists(Step.objects.filter(matter=OuterRef("pk"), action=RELEASED)))


def _troubled() -> Q:
    return Q(open=True) & (late() | Q(reopened__gt=0))


def _case(row: dict[str, Any]) -> Case:
    overdue = row["running"] and row["next_at"] < clock.now()
    return Case(
        matter=row["pk"],
        grid=row["middle"],
        community=row["community"],
        place=row["general__name"] or row["leaf__name"],
        code=row["top"],
        category=group_name(row["top"]),
        late=overdue,
        reopened=row["reopened"] > 0,
        weeks=(clock.now() - row["next_at"]) // WEEK if overdue else 0,
    )
