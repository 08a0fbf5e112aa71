"""Hours that a round of doors takes (R3: within 3 hours as far as possible)."""

from __future__ import annotations

from typing import Literal

from shige.profile.grids import GridRules


def climb_seconds(top_floor: int, lift: bool, rules: GridRules) -> float:
    """Seconds to the highest floor (the street is 1) of one entrance, by lift or stairs, and down again."""
    return max(top_floor - 1, 0) * (rules.lift_seconds if lift else rules.stairs_seconds)


def round_hours(
    doors: int,
    climb: float,
    metres: float,
    rules: GridRules,
    *,
    task: Literal["notice", "check"] = "notice",
    people: int = 1,
) -> float:
    """Hours until every door has been called at.

    The work at the doors and on the stairs is shared among `people`; each of them still walks the way.

    Parameters
    ----------
    doors
        Households and shops.
    climb
        Seconds on stairs and in lifts, the sum of `climb_seconds` over the entrances.
    metres
        Length of the walking tour.
    """
    at_doors = 60.0 * doors * getattr(rules.minutes, task) + climb
    return float((at_doors / people + metres / rules.walking_speed) / 3600.0)
