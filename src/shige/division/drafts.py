"""The grids of one community before they have codes: who is in which, level by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shige.division.pieces import joined
from shige.division.site import Site
from shige.division.units import Level

from .community_plan import Plan


@dataclass(frozen=True, slots=True)
class Holding:
    """A unit, or a part of it, in a grid."""

    unit: int
    part: str
    households: int
    shops: int


@dataclass(frozen=True, slots=True)
class GridDraft:
    """A grid: its level, its parent's position in the list of drafts (-1: none), and all that it holds."""

    level: Level
    parent: int
    holdings: list[Holding] = field(default_factory=list)

    @property
    def leaf(self) -> bool:
        """Whether doors belong to it directly: a micro- or an exclusive grid."""
        return self.level in ("micro", "exclusive")

    @property
    def households(self) -> int:
        """Households of all that it holds."""
        return sum(held.households for held in self.holdings)

    @property
    def shops(self) -> int:
        """Shops of all that it holds."""
        return sum(held.shops for held in self.holdings)

    @property
    def members(self) -> list[int]:
        """Units that the grid holds, whole or in part."""
        return sorted({held.unit for held in self.holdings})


def drafts_of(site: Site, plan: Plan | None) -> list[GridDraft]:
    """List the community's grid, its general grids, its micro-grids and its exclusive grids, parents first.

    There is no plan where every unit has a managing body.
    """
    drafts = [GridDraft("community", -1)]
    if plan is not None:
        _add_plan(drafts, plan)
    managers = sorted({unit.manager for unit in site.units if unit.exclusive})
    place = {manager: len(drafts) + k for k, manager in enumerate(managers)}
    drafts += [GridDraft("exclusive", 0) for _ in managers]
    for k, unit in enumerate(site.units):
        if unit.exclusive:
            _hold(drafts, place[unit.manager], Holding(k, "", unit.households, unit.shops))
    return drafts


def _add_plan(drafts: list[GridDraft], plan: Plan) -> None:
    """Add general grids, then micro-grids, in the order of their numbers."""
    pairs = sorted(set(zip(plan.general.tolist(), plan.micro.tolist(), strict=True)))
    generals = list(dict.fromkeys(general for general, _ in pairs))
    place = {general: len(drafts) + k for k, general in enumerate(generals)}
    drafts += [GridDraft("general", 0) for _ in generals]
    leaf = {micro: len(drafts) + k for k, (_, micro) in enumerate(pairs)}
    drafts += [GridDraft("micro", place[general]) for general, _ in pairs]
    for unit, part, micro, households, shops in joined(plan.atoms, plan.micro.tolist()):
        _hold(drafts, leaf[micro], Holding(unit, part, households, shops))


def _hold(drafts: Sequence[GridDraft], place: int, holding: Holding) -> None:
    """Put a holding into a grid and into those above it."""
    while place >= 0:
        drafts[place].holdings.append(holding)
        place = drafts[place].parent
