"""The drawing of a street's line (R9): a stop for each community with its counts, unfolded where asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from shige.territory.models import Area
from shige.trust.gate import Viewer

from ..coverage.counts import Counts, counts, list_query
from ..coverage.findings import LOOSE, loose_on, paired_levels
from ..coverage.places import Place, place_of
from .line import GridLine, Tied
from .queries import bodies_on, line_of_street, seen_part, top_standings

WAITS: Final = ("no_overseer", "vacant", "planned")
EVERY: Final = "all"
"""Asked to be unfolded: every community."""


@dataclass(frozen=True, slots=True)
class Number:
    """Something counted, and what follows the address of the list that shows it."""

    label: str
    number: int
    query: str


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many grids of a level are overseen, ``stood_in`` of them by the organisation above."""

    level: str
    total: int
    covered: int
    stood_in: int
    covered_query: str
    total_query: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A community on the line: who leads there, its counts and, where it is unfolded, its grids."""

    code: str
    name: str
    bodies: tuple[Tied, ...]
    levels: tuple[LevelCount, ...]
    gaps: Number
    waits: tuple[Number, ...]
    grids: tuple[GridLine, ...] | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The line of a street on a day: its organisations, levels, what waits, and a stop for each community."""

    name: str
    bodies: tuple[Tied, ...]
    levels: tuple[LevelCount, ...]
    gaps: Number
    waits: tuple[Number, ...]
    stops: tuple[Stop, ...]


def around(viewer: Viewer, street: Area) -> Place:
    """Return the street as a place whose lists ``viewer`` may open, else their own part of it."""
    return place_of(viewer, street.code) or place_of(viewer) or Place(street, street.name, "street")


def drawing_of(viewer: Viewer, street: Area, day: date, unfolded: Collection[str]) -> Drawing:
    """Return the drawing of a street with the communities ``unfolded`` (codes) open; one alone is."""
    place = around(viewer, street)
    found = counts(viewer, place, day, ("gap", "stood_in", *WAITS))
    communities = list(Area.objects.filter(pk__in=found.parts()).order_by("sort_key", "code"))
    bodies: dict[int | None, list[Tied]] = {}
    standings = top_standings(viewer, street.pk, day)
    for row, body in zip(standings, bodies_on(viewer, standings, day), strict=True):
        bodies.setdefault(row.area.community_id, []).append(body)
    opened = {
        area.pk for area in communities if len(communities) == 1 or EVERY in unfolded or area.code in unfolded
    }
    lines = unfolded_lines(viewer, street, day, opened, every=len(opened) > 1)
    loose = loose_on(viewer, day).filter(place.within("area__")).count()
    return Drawing(
        name=seen_part(viewer, street),
        bodies=tuple(bodies.get(None, ())),
        levels=tuple(levels_in(found, place.code, None)),
        gaps=waiting(found, place.code, "gap", None),
        waits=(
            *(waiting(found, place.code, name, None) for name in WAITS),
            Number(LOOSE, loose, list_query(place.code, day, "", LOOSE)),
        ),
        stops=tuple(
            Stop(
                code=area.code,
                name=area.name,
                bodies=tuple(bodies.get(area.pk, ())),
                levels=tuple(levels_in(found, area.code, area.pk)),
                gaps=waiting(found, area.code, "gap", area.pk),
                waits=tuple(waiting(found, area.code, name, area.pk) for name in WAITS),
                grids=lines.get(area.pk),
            )
            for area in communities
        ),
    )


def unfolded_lines(
    viewer: Viewer, street: Area, day: date, communities: Collection[int], *, every: bool
) -> Mapping[int, tuple[GridLine, ...]]:
    """Return the grids of communities, each under the one that holds it."""
    if every:  # one reading of the street is quicker than one of each community
        line = line_of_street(viewer, street.pk, day)
        tops = [grid for top in line.grids for grid in (top.grids if top.level == "street" else (top,))]
        lying = Area.objects.filter(pk__in=[grid.area for grid in tops])
        places = dict(lying.values_list("pk", "community_id"))
        held: dict[int, tuple[GridLine, ...]] = {}
        for grid in tops:
            pk = places[grid.area] or 0
            held[pk] = (*held.get(pk, ()), grid)
        return {pk: held.get(pk, ()) for pk in communities}
    return {pk: line_of_street(viewer, street.pk, day, pk).grids for pk in communities}


def levels_in(found: Counts, code: str, part: int | None) -> list[LevelCount]:
    """Return how many grids of each level of the pairs are overseen, in a place or one of its areas."""
    rows = []
    for level in paired_levels():
        total = found.of("", level, part)
        if total:
            query, whole = (list_query(code, found.day, level, state) for state in ("covered", ""))
            gaps, stood = found.of("gap", level, part), found.of("stood_in", level, part)
            rows.append(LevelCount(level, total, total - gaps, stood, query, whole))
    return rows


def waiting(found: Counts, code: str, finding: str, part: int | None) -> Number:
    """Return how many grids have a finding, in a place or one of its areas."""
    return Number(finding, found.of(finding, "", part), list_query(code, found.day, "", finding))
