"""Say which grid breaks which rule, by how much, and why (R6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shige.division.reasons import WHY
from shige.division.units import Level, Violation
from shige.profile.grids import Bounds, GridRules

Details = dict[str, str | int | float]
COUNTED = {"micro": "doors", "general": "households"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at in one micro-grid or general grid.

    Attributes
    ----------
    parts
        How many parts the grid is in: of its ground, or of its buildings where a barrier keeps them apart.
    held
        Doors (general: households) and the first unit of each part of its ground, largest first.
    home
        Parts of the community, if each part of the grid's ground lies in another of them; else 1.
    barriers
        Classes of the barriers between its buildings.
    above
        Doors of the general grid that it lies in, or is.
    heaviest
        The unit and the doors of the largest single floor of one entrance in the grid.
    hours
        Of a round with the task and the people of the profile's aim.
    locked
        Whether a planner locked the grid.
    """

    code: str
    level: Level
    households: int
    doors: int
    buildings: int
    hours: float
    metres: float
    parts: int
    held: tuple[tuple[int, str], ...]
    barriers: tuple[str, ...]
    above: int
    heaviest: tuple[str, int]
    locked: bool = False
    home: int = 1


@dataclass(frozen=True, slots=True)
class Whole:
    """Doors and households of the community's micro-grids together, and whether it is in the countryside."""

    households: int
    doors: int
    by_group: bool


def violation(
    grid: str, rule: str, value: float, limit: float, cause: str, **details: str | int | float
) -> Violation:
    """Make a violation whose `why` is the sentence of its cause with these details."""
    return Violation(grid, rule, value, limit, WHY[cause].format(**details), cause, details)


def check(facts: Facts, whole: Whole, rules: GridRules) -> Iterator[Violation]:
    """Yield every rule that a micro-grid or general grid breaks."""
    if facts.level == "micro":
        yield from _size(facts, "micro_doors", facts.doors, whole.doors, rules.micro, whole)
    elif not whole.by_group:
        yield from _size(
            facts, "general_households", facts.households, whole.households, rules.general, whole
        )
    if facts.parts > 1:
        yield _in_parts(facts)
    if facts.level == "micro" and rules.aim == "binds" and facts.hours > rules.aim_hours:
        hours = {"doors": facts.doors, "metres": round(facts.metres), "low": rules.micro.low}
        cause = "long_round_small" if facts.doors < 2 * rules.micro.low else "long_round"
        yield violation(facts.code, "hours", facts.hours, rules.aim_hours, cause, **hours)


def _in_parts(facts: Facts) -> Violation:
    apart = "scattered_home" if facts.home > 1 else "scattered"
    cause = "across_found" if facts.barriers else apart
    details: Details = {
        "pieces": facts.parts,
        "barriers": ", ".join(facts.barriers),
        "parts": " + ".join(str(held) for held, _ in facts.held),
        "unit": next((unit for _, unit in reversed(facts.held) if unit), ""),
        "counted": COUNTED[facts.level],
        **({"home": facts.home} if cause == "scattered_home" else {}),
    }
    return violation(facts.code, "connected", facts.parts, 1, cause, **details)


def _size(
    facts: Facts, rule: str, value: int, total: int, bounds: Bounds, whole: Whole
) -> Iterator[Violation]:
    if bounds.low <= value <= bounds.high:
        return
    cause = _cause(facts, value, total, bounds, whole)
    unit, heaviest = facts.heaviest
    details: Details = {"unit": unit, "doors": heaviest, **summed(total, bounds)}
    if cause == "group_small":
        details["total"] = facts.above
    details |= {
        "buildings": facts.buildings,
        "held": value,
        "doors_held": value,
        "counted": COUNTED[facts.level],
    }
    limit = bounds.low if value < bounds.low else bounds.high
    yield violation(facts.code, rule, value, limit, cause, **details)


def _cause(facts: Facts, value: int, total: int, bounds: Bounds, whole: Whole) -> str:
    """The plainest reason, from numbers alone, that explains a size out of bounds."""
    if facts.locked:
        return "locked_size"
    if total < bounds.low:
        return "community_small"
    if facts.heaviest[1] > bounds.high:
        return "one_floor"
    if not divisible(total, bounds):
        return "community_sum"
    return "group_small" if whole.by_group and facts.above < bounds.low else "size_found"


def divisible(total: int, bounds: Bounds) -> bool:
    """Whether a total is a sum of numbers within the bounds."""
    return -(-total // bounds.high) * bounds.low <= total


def summed(total: int, bounds: Bounds) -> Details:
    """A total beside the bounds, and the numbers of grids between which it falls."""
    more = -(-total // bounds.high)
    return {"total": total, "low": bounds.low, "high": bounds.high, "fewer": more - 1, "more": more}
