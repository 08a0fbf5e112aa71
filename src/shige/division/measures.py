"""Figures of a whole division, to compare divisions by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product

from shige.division.rounds import PEOPLE, TASKS, Round
from shige.division.units import LEVELS, Grid, Piece, Violation
from shige.profile.grids import GridRules


def metrics(
    pieces: Sequence[Piece],
    grids: Sequence[Grid],
    violations: Sequence[Violation],
    rules: GridRules,
    rounds: Sequence[Round],
) -> dict[str, float]:
    """Count grids, doors, broken rules, and how long rounds are; shares are between 0 and 1.

    `micro_over_aim_share` is the share of micro-grids whose round takes longer than the aim (R3: 3 hours),
    for one person with a notice; `hours_mean_check_2` and `over_aim_share_check_2` are those of two people
    with a check, and so on for both tasks and one to three people.
    """
    counts = Counter(grid.level for grid in grids)
    micros = [grid for grid in grids if grid.level == "micro"]
    broken = Counter(found.rule for found in violations)
    found: dict[str, float] = {f"{level}_grids": counts[level] for level in LEVELS}
    found["units"] = len({piece.unit for piece in pieces})
    found["split_units"] = len({piece.unit for piece in pieces if piece.part})
    found["households"] = sum(piece.households for piece in pieces)
    found["shops"] = sum(piece.shops for piece in pieces)
    found["micro_doors_mean"] = _mean([grid.households + grid.shops for grid in micros])
    found["micro_hours_mean"] = _mean([grid.hours for grid in micros])
    found["micro_hours_most"] = max((grid.hours for grid in micros), default=0.0)
    found["micro_over_aim_share"] = _mean([float(grid.hours > rules.aim_hours) for grid in micros])
    for task, people in product(TASKS, PEOPLE):
        hours = [way.hours(rules, task, people) for way in rounds]
        found[f"hours_mean_{task}_{people}"] = _mean(hours)
        found[f"over_aim_share_{task}_{people}"] = _mean([float(one > rules.aim_hours) for one in hours])
    found |= {f"violations_{rule}": broken[rule] for rule in sorted(broken)}
    found["violations"] = len(violations)
    return found


def _mean(numbers: Sequence[float]) -> float:
    return round(sum(numbers) / len(numbers), 4) if numbers else 0.0
