"""What goes into a division and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from shapely.geometry.base import BaseGeometry

from shige.profile.grids import GridRules

Level = Literal["community", "general", "micro", "exclusive"]
LEVELS: tuple[Level, ...] = ("community", "general", "micro", "exclusive")  # position = digit in the code

MANAGED_USES = frozenset({"office", "market", "park", "campus"})
USES = MANAGED_USES | {"residential", "shop", "other"}
BARRIER_CLASSES = frozenset(
    {"motorway", "trunk", "primary", "secondary", "tertiary", "minor", "rail", "river"}
)


class RulesProfile(Protocol):
    """The part of a jurisdiction profile that a division reads."""

    @property
    def grids(self) -> GridRules: ...


@dataclass(frozen=True, slots=True)
class Unit:
    """One building: how many doors it has and where they are (degrees, WGS-84)."""

    id: str
    community: str
    geometry: BaseGeometry
    households: int
    shops: int = 0
    address: str = ""
    compound: str = ""
    use: str = "residential"
    floors: int = 1
    entrances: int = 1
    lift: bool = False
    manager: str = ""
    group: str = ""  # villagers' group (村民小组), in the countryside
    rural: bool = False
    population: int = 0  # 0 in this and the next three: not known
    expected_households: int = 0  # the trend: households that will live here
    workload: float = 0.0  # hours a month, measured from matters
    minutes: float = 0.0  # at each door; the profile's where not known
    kinds: tuple[tuple[str, int], ...] = ()  # residents of each kind that the profile names (R7)

    @property
    def doors(self) -> int:
        """Households and shops: what a round calls at."""
        return self.households + self.shops

    def minutes_more(self, rules: GridRules) -> float:
        """Minutes that its kinds of residents add to a round of all its doors."""
        each = {kind.code: kind.minutes for kind in rules.kinds}
        return sum(each.get(code, 0.0) * count for code, count in self.kinds)

    @property
    def exclusive(self) -> bool:
        """Whether a managing body looks after it in a grid of its own (R4)."""
        return bool(self.manager) and self.use in MANAGED_USES


@dataclass(frozen=True, slots=True)
class Barrier:
    """A road, railway or river, as a line or an area in degrees."""

    kind: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a planner asks by hand (R6): each is honoured, or refused as a violation that says why.

    Attributes
    ----------
    locked
        Codes of micro-grids in force that stay as they are.
    together, apart
        Ids of units that share one micro-grid; pairs of ids that lie in different ones.
    lines
        In degrees; no micro-grid lies on both sides of one.
    """

    locked: frozenset[str] = frozenset()
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    lines: tuple[BaseGeometry, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit, or a part of one, with the codes of the grids that it lies in ("" where in none)."""

    unit: str
    part: str  # "", "e2" (entrance 2) or "e2f1-9" (its floors 1 to 9)
    households: int
    shops: int
    community: str
    general: str
    micro: str
    exclusive: str

    @property
    def leaf(self) -> str:
        """Code of the lowest grid: the micro-grid or the exclusive grid (R5)."""
        return self.micro or self.exclusive


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of any level; `floors` lists the parts that it holds of a building that it shares."""

    code: str
    name: str
    level: Level
    parent: str
    households: int
    shops: int
    hours: float
    geometry: BaseGeometry
    floors: str = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a grid breaks: by how much, and why (R6).

    `cause` is stable and, with `details`, lets a page say `why` in another language.
    """

    grid: str
    rule: str
    value: float
    limit: float
    why: str
    cause: str
    details: Mapping[str, str | int | float] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Division:
    """Nested grids for every community.

    `serials` holds the highest serial ever given in each community, so that no code is used twice.
    `moved_households` is None where there was no previous division.
    """

    pieces: tuple[Piece, ...]
    grids: tuple[Grid, ...]
    violations: tuple[Violation, ...]
    metrics: Mapping[str, float]
    serials: Mapping[str, int]
    moved_households: int | None = None


@dataclass(frozen=True, slots=True)
class Previous:
    """The division in force: its pieces and the highest serial ever given in each community."""

    pieces: tuple[Piece, ...]
    serials: Mapping[str, int]
