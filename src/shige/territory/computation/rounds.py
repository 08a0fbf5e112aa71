"""Hours of a round of every grid of a division: for both tasks, with one, two or three people (R3)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Literal

from shige.division import Division, Grid, Unit
from shige.division.pieces import read_part
from shige.profile import GridRules

TASKS: Final[tuple[Literal["notice", "check"], ...]] = ("notice", "check")
PEOPLE: Final = (1, 2, 3)

Hours = dict[str, list[float]]
"""Hours by task, in the order of ``PEOPLE``."""


def hours_of(found: Division, units: Iterable[Unit], rules: GridRules) -> dict[str, Hours]:
    """Return the hours of a round of each grid by its code.

    A division tells those of one person with a notice; what is not work at the doors or on the stairs in
    them is the way, which everybody walks whatever the task.
    """
    from shige.walking import round_hours

    works = work_in(found, units, rules)

    def told(grid: Grid) -> Hours:
        doors, seconds = works[grid.code]
        at_doors = round_hours(doors, seconds, 0.0, rules)
        metres = max(grid.hours - at_doors, 0.0) * 3600.0 * rules.walking_speed
        return {
            task: [
                round(round_hours(doors, seconds, metres, rules, task=task, people=people), 3)
                for people in PEOPLE
            ]
            for task in TASKS
        }

    return {grid.code: told(grid) for grid in found.grids}


def work_in(found: Division, units: Iterable[Unit], rules: GridRules) -> dict[str, tuple[int, float]]:
    """Return for each grid the doors whose minutes are the profile's, and all other seconds but the way."""
    from shige.walking import climb_seconds

    by_id = {unit.id: unit for unit in units}
    doors: dict[str, int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    for piece in found.pieces:
        unit, here = by_id[piece.unit], piece.households + piece.shops
        entrance, _low, high = read_part(piece.part) or (0, 0, 0)
        climb = (1 if entrance else unit.entrances) * climb_seconds(high or unit.floors, unit.lift, rules)
        for code in {piece.community, piece.general, piece.leaf} - {""}:
            doors[code] += 0 if unit.minutes else here
            more = unit.minutes_more(rules) * piece.households / max(unit.households, 1)
            seconds[code] += climb + 60.0 * (unit.minutes * here + more)
    return {grid.code: (doors[grid.code], seconds[grid.code]) for grid in found.grids}
