"""What the journal is told of areas, their ground, grids, plans, the map and what stands in public space."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.journal_facts import Bare, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionListed(Fact):
    """An administrative division was added or renamed: its code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundImported(Fact):
    """The ground of a community was read anew, with so many buildings."""

    buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequested(Fact):
    """A plan was asked for: the code of its area, and the settings that are not the profile's.

    Computed again, it says neither. The settings are those of ``computation.settings.PlanSettings``.
    """

    scope: str = ""
    micro_target: int | None = None
    general_target: int | None = None
    moving_price: float | None = None
    aim: str | None = None
    style: str | None = None
    weight_size: float | None = None
    weight_compact: float | None = None
    weight_compounds: float | None = None
    weight_roads: float | None = None
    weight_workload: float | None = None
    weight_growth: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposed(Fact):
    """A plan was computed: how many grids it has, and how many rules are not kept."""

    grids: int
    violations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged(Fact):
    """A plan was refined: a kind of wish, or a building or a part of it that moved between grids (codes)."""

    wish: str | None = None
    unit: str | None = None
    part: str | None = None
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDecided(Fact):
    """A plan was decided: the first day of its grids (ISO 8601)."""

    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridDecided(Fact):
    """A grid came, changed or went with a plan (id): its code, and its households then."""

    plan: int
    households: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRenamed(Fact):
    """A living grid was renamed: its code, and the first day of its new name (ISO 8601)."""

    code: str
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TilesMade(Fact):
    """The map was drawn anew: which one, in how many files."""

    kind: str
    tiles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingChanged(Fact):
    """What stands in public space: its code and kind, the post that keeps it (id), its days (ISO 8601)."""

    code: str
    kind: str
    keeper: int | None
    inspected_on: str | None
    due_on: str | None
    retired_on: str | None


FACTS: Final[Mapping[str, type[Fact]]] = {
    "division.added": DivisionListed,
    "division.renamed": DivisionListed,
    "grid.changed": GridDecided,
    "grid.closed": GridDecided,
    "grid.opened": GridDecided,
    "grid.renamed": GridRenamed,
    "ground.imported": GroundImported,
    "plan.changed": PlanChanged,
    "plan.commented": Bare,
    "plan.decided": PlanDecided,
    "plan.failed": Bare,
    "plan.proposed": PlanProposed,
    "plan.refused": Bare,
    "plan.requested": PlanRequested,
    "plan.submitted": Bare,
    "thing.added": ThingChanged,
    "thing.changed": ThingChanged,
    "thing.inspected": ThingChanged,
    "thing.retired": ThingChanged,
    "tiles.made": TilesMade,
}
