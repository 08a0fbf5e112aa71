"""The round of one grid: its way and its hours (R3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shige.division.drafts import Draft, Holding
from shige.division.pieces import read_part
from shige.division.site import Site
from shige.division.units import Unit
from shige.profile.grids import GridRules
from shige.walking import climb_seconds, round_hours, tour, tour_length


@dataclass(frozen=True, slots=True)
class Round:
    """Hours for one person with a notice, and metres of the tour past the doors."""

    hours: float
    metres: float


def rounds(drafts: Sequence[Draft], site: Site, rules: GridRules) -> list[Round]:
    """Measure the round of each grid; above the lowest grids it is the sum of theirs."""
    measured = [_round(draft, site, rules) if draft.leaf else Round(0.0, 0.0) for draft in drafts]
    for place in range(len(drafts) - 1, 0, -1):
        above, here = measured[drafts[place].parent], measured[place]
        measured[drafts[place].parent] = Round(above.hours + here.hours, above.metres + here.metres)
    return measured


def _round(draft: Draft, site: Site, rules: GridRules) -> Round:
    points = np.unique(site.points[draft.members], axis=0)
    metres = tour_length(points, tour(points))
    climb = sum(_climb(held, site.units[held.unit], rules) for held in draft.holdings)
    return Round(round_hours(draft.households + draft.shops, climb, metres, rules), metres)


def _climb(held: Holding, unit: Unit, rules: GridRules) -> float:
    entrance, _, high = read_part(held.part) or (0, 0, 0)
    return (1 if entrance else unit.entrances) * climb_seconds(high or unit.floors, unit.lift, rules)
