"""How many people serve in each grid, counted as they are in office today (R14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from shige.trust.gate import Viewer

from .grids import LEVELS, around, in_force
from .people import with_workers


@dataclass(frozen=True, slots=True)
class Staffing:
    """Grids with nobody, one person, and two or more in office, and the vacant posts in them.

    ``query`` narrows the list of grids to those that are counted; ``name`` is that of a community, or "".
    """

    level: str
    name: str
    query: str
    grids: int
    none: int
    one: int
    more: int
    vacancies: int


def staffing(viewer: Viewer) -> tuple[list[Staffing], list[Staffing]]:
    """Return the staffing around the viewer by level, and by community. One statement."""
    rows = list(
        with_workers(in_force().filter(around(viewer)))
        .values("level", "community__code", "community__name")
        .annotate(
            grids=Count("pk"),
            none=Count("pk", filter=Q(workers=0)),
            one=Count("pk", filter=Q(workers=1)),
            more=Count("pk", filter=Q(workers__gt=1)),
            vacant=Sum("vacancies"),
        )
        .order_by("community__code")
    )
    by_level = [
        added([row for row in rows if row["level"] == level], level, "", f"level={level}")
        for level in LEVELS
        if any(row["level"] == level for row in rows)
    ]
    names = {row["community__code"]: row["community__name"] for row in rows}
    by_community = [
        added([row for row in rows if row["community__code"] == code], "", name, f"community={code}")
        for code, name in names.items()
    ]
    return by_level, by_community


def added(rows: Iterable[Mapping[str, Any]], level: str, name: str, query: str) -> Staffing:
    """Add rows of the statement up."""
    listed = list(rows)
    sums = (sum(row[column] for row in listed) for column in ("grids", "none", "one", "more", "vacant"))
    return Staffing(level, name, query, *sums)
