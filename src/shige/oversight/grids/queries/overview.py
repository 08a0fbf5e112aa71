"""The overseer's own page, and one grid of it: what is late, what may be told of a period (R10, R28, P8)."""

from dataclasses import dataclass
from typing import Final

from shige.insight.closed_months import told_figures
from shige.insight.measures import Measures
from shige.insight.periods import Closed
from shige.insight.publication import periods_with_matters, told_periods
from shige.insight.queries import By
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, may, require

from ...reach import NEIGHBOURS, Overseen, areas_below, by_which, found_in, overseen
from .cases import Trouble, trouble_in, trouble_near

QUARTER: Final = 3
"""Months of the shortest period of which a neighbour is told."""

PARTS: Final[dict[str, By]] = {"street": "community", "community": "general", "general": "leaf"}
"""By what the figures of an area are broken down into those right below it."""


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of an area in a closed period that may leave the office, with those right below it."""

    period: Closed
    total: Measures
    parts: dict[str, Measures]


@dataclass(frozen=True, slots=True)
class Part:
    """A grid right below: its told figures, and what is late in it where its overseer's own page says so."""

    area: Area
    measures: Measures | None
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Watched:
    """One area as its overseer reads it.

    ``trouble`` has cases from the general grid up; of a neighbour's grid only whether there is something. It
    is None of a grid of neighbours that is read from above: what is late there shows at the grid above it.
    It is None also before the first night.
    """

    area: Area
    by: Overseen
    trouble: Trouble | None
    told: Told | None
    parts: tuple[Part, ...] = ()

    @property
    def finer(self) -> bool:
        """Say whether it is read from the general grid up."""
        return self.area.level not in NEIGHBOURS


def own_page(viewer: Viewer) -> list[Watched]:
    """Return what somebody oversees today, the widest first, without what lies below.

    Raises
    ------
    PermissionDenied
        ``viewer`` holds no post of an overseer.
    """
    require(viewer, "oversight.see")
    own = overseen(viewer)
    return [
        Watched(
            one.area,
            one,
            # Beside the cases of a wider area, what is late in one of its micro-grids would find them there.
            _trouble(one.area, by_which(own, one.area) or one),
            _told(viewer, one.area, "", parts=False),
        )
        for one in own
    ]


def grid_page(viewer: Viewer, code: str, period: str = "") -> Watched | None:
    """Return one area of a code with what lies right below it; None where ``viewer`` does not oversee it.

    ``period`` is the key of a closed one; the last that is told of such an area where there is none. Its
    figures are told to whoever may see figures, which a token may leave out.
    """
    require(viewer, "oversight.see")
    found = found_in(overseen(viewer), code)
    if found is None:
        return None
    area, by = found
    trouble, told = _trouble(area, by), _told(viewer, area, period, parts=True)
    parts = tuple(_part(part, trouble, told) for part in areas_below(area))
    return Watched(area, by, trouble, told, parts)


def overseen_area(viewer: Viewer, code: str) -> Watched | None:
    """Return an area of a code as its overseer reads it, without any figures."""
    found = found_in(overseen(viewer), code)
    return Watched(found[0], found[1], _trouble(*found), None) if found else None


def periods_for(area: Area) -> list[Closed]:
    """Return the closed periods of which an area's overseer is told: no month where they are a neighbour."""

    def fitting(periods: list[Closed]) -> list[Closed]:
        return [one for one in periods if area.level not in NEIGHBOURS or len(one.months) >= QUARTER]

    return fitting(periods_with_matters()) or fitting(told_periods())[:1]


def _trouble(area: Area, by: Overseen) -> Trouble | None:
    if area.level not in NEIGHBOURS:
        return trouble_in(area)
    return trouble_near(area) if by.near else None


def _told(viewer: Viewer, area: Area, period: str, *, parts: bool) -> Told | None:
    offered = periods_for(area)
    chosen = next((one for one in offered if one.key == period), next(iter(offered), None))
    if chosen is None or not may(viewer, "figures.see", lineage_of(area)):
        return None
    found = told_figures(viewer, chosen, PARTS.get(area.level, "month"), area)
    below = {row.key: row.measures for row in found.rows} if parts and area.level in PARTS else {}
    return Told(chosen, found.total, below)


def _part(area: Area, trouble: Trouble | None, told: Told | None) -> Part:
    """Return a grid right below; its cases are those of the page above it, so that both say the same."""
    shown = trouble.within(area.pk) if trouble and area.level != Area.Level.MICRO else None
    return Part(area, told.parts.get(area.code) if told else None, shown)
