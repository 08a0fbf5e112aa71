"""The round of one grid: its way and its hours (R3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shige.division.drafts import GridDraft, Holding
from shige.division.pieces import read_part
from shige.division.site import Site
from shige.division.units import Unit
from shige.profile.grids import GridRules
from shige.walking import climb_seconds, round_hours, tour, tour_length

Task = Literal["notice", "check"]
TASKS: tuple[Task, ...] = ("notice", "check")
PEOPLE = (1, 2, 3)  # who share a round, in the report


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of one grid, or of those below it, is made of.

    Attributes
    ----------
    doors
        Households and shops whose minutes are the profile's.
    minutes
        At the other doors, which have minutes of their own, and with kinds of residents that take longer.
    climb
        Seconds on stairs and in lifts.
    metres
        Of the tour past the doors.
    """

    doors: int
    minutes: float
    climb: float
    metres: float

    def hours(self, rules: GridRules, task: Task = "notice", people: int = 1) -> float:
        """Hours until `people` together have called at every door for a task of the profile."""
        own = 60.0 * self.minutes + self.climb
        return round_hours(self.doors, own, self.metres, rules, task=task, people=people)


def rounds(drafts: Sequence[GridDraft], site: Site, rules: GridRules) -> list[Round]:
    """Measure the round of each grid; above the lowest grids it is the sum of theirs."""
    measured = [_round(draft, site, rules) if draft.leaf else Round(0, 0.0, 0.0, 0.0) for draft in drafts]
    for place in range(len(drafts) - 1, 0, -1):
        above, here = measured[drafts[place].parent], measured[place]
        measured[drafts[place].parent] = Round(
            above.doors + here.doors, above.minutes + here.minutes,
            above.climb + here.climb, above.metres + here.metres,
        )  # fmt: skip
    return measured


def _round(draft: GridDraft, site: Site, rules: GridRules) -> Round:
    points = np.unique(site.points[draft.members], axis=0)
    doors, minutes, climb = 0, 0.0, 0.0
    for held in draft.holdings:
        unit, here = site.units[held.unit], held.households + held.shops
        climb += _climb(held, unit, rules)
        doors += 0 if unit.minutes else here
        minutes += unit.minutes * here
        minutes += unit.minutes_more(rules) * held.households / max(unit.households, 1)
    return Round(doors, minutes, climb, tour_length(points, tour(points)))


def _climb(held: Holding, unit: Unit, rules: GridRules) -> float:
    entrance, _, high = read_part(held.part) or (0, 0, 0)
    return (1 if entrance else unit.entrances) * climb_seconds(high or unit.floors, unit.lift, rules)
