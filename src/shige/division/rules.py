"""Say which grid breaks which rule, by how much, and why (R6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shige.division.units import Level, Violation
from shige.profile.grids import Bounds, GridRules

_WHY = {
    "community_small": "the whole community has only {total} {counted}, so no division reaches {low}",
    "community_sum": "the community holds {total} {counted}: with {fewer} grids one is over {high}, "
    "with {more} one is under {low}",
    "group_small": "the villagers' group, with those joined to it, has only {total} {counted}",
    "one_floor": "one floor of one entrance of {unit} has {doors} {counted} and cannot be divided further",
    "block_small": "the barriers around it leave only {total} {counted} in its block",
    "neighbours": "no border around its {buildings} buildings keeps both sides in {low} to {high} {counted}",
    "barrier": "it lies in {pieces} parts across {barriers}: one part alone does not make a grid",
    "scattered": "its buildings or ground lie in {pieces} parts with others between them",
    "long_round": "{doors} doors, stairs and {metres} m of way take longer; smaller grids break other rules",
    "compound_split": "{compound} has {doors} doors, and whole it leaves a grid beside it out of bounds",
    "compound_scattered": "the buildings of {compound} ({doors} doors) do not hang together",
    "compounds_mixed": "{compounds} share a grid, since one alone leaves a grid beside it out of bounds",
    "locked_size": "the grid is locked, so its {doors_held} {counted} stay as they are",
    "locked_unknown": "{code} is no micro-grid in force here that has doors",
    "together_large": "{units} have {doors} doors together, and a micro-grid holds no more than {most}",
    "together_far": "{units} do not hang together within {most} doors",
    "together_elsewhere": "{units}: not among the community's buildings outside exclusive grids",
    "together_locked": "one of {units} lies in a locked grid",
    "together_apart": "two of {units}, or of what lies between them, were to be kept apart",
    "apart_joined": "{units} cannot be kept apart without breaking another rule",
    "line_crossed": "{units} lie on both sides of the line, and parting them breaks another rule",
    "outside": "{unit} lies outside the community's area, so its own ground was added to it",
    "overlap": "the areas of communities overlap here; each place went to the nearest building's community",
    "no_area": "no area was given for this community, so the buffered hull of its buildings stands for it",
    "no_building": "there is no building in this community, so nothing can be divided",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at in one micro-grid or general grid.

    Attributes
    ----------
    parts
        How many parts the grid is in: of its ground, or of its buildings where a barrier keeps them apart.
    barriers
        Classes of the barriers between its buildings.
    block_total
        Doors (general: households) in the blocks that the grid touches; blocks lie between barriers.
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
    barriers: tuple[str, ...]
    block_total: int
    heaviest: tuple[str, int]
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Doors and households of the community's micro-grids together, and whether it is in the countryside."""

    households: int
    doors: int
    by_group: bool


def violation(
    grid: str, rule: str, value: float, limit: float, cause: str, **details: str | int | float
) -> Violation:
    """Make a violation with its `why`."""
    return Violation(grid, rule, value, limit, _WHY[cause].format(**details), cause, details)


def check(facts: Facts, whole: Whole, rules: GridRules) -> Iterator[Violation]:
    """Yield every rule that a micro-grid or general grid breaks."""
    if facts.level == "micro":
        yield from _size(facts, "micro_doors", facts.doors, whole.doors, rules.micro, whole)
    elif not whole.by_group:
        yield from _size(
            facts, "general_households", facts.households, whole.households, rules.general, whole
        )
    if facts.parts > 1:
        cause = "barrier" if facts.barriers else "scattered"
        barriers = ", ".join(facts.barriers)
        yield violation(facts.code, "connected", facts.parts, 1, cause, pieces=facts.parts, barriers=barriers)
    if facts.level == "micro" and rules.aim == "binds" and facts.hours > rules.aim_hours:
        hours = {"doors": facts.doors, "metres": round(facts.metres)}
        yield violation(facts.code, "hours", facts.hours, rules.aim_hours, "long_round", **hours)


def _size(
    facts: Facts, rule: str, value: int, total: int, bounds: Bounds, whole: Whole
) -> Iterator[Violation]:
    if bounds.low <= value <= bounds.high:
        return
    cause = _cause(facts, value, total, bounds, whole)
    unit, heaviest = facts.heaviest
    details: dict[str, str | int | float] = {
        "low": bounds.low,
        "high": bounds.high,
        "unit": unit,
        "doors": heaviest,
    }
    details["total"] = (
        facts.block_total if cause == "block_small" else value if cause == "group_small" else total
    )
    more = -(-total // bounds.high)
    details |= {"fewer": more - 1, "more": more, "doors_held": value}
    details |= {"buildings": facts.buildings, "counted": "doors" if facts.level == "micro" else "households"}
    limit = bounds.low if value < bounds.low else bounds.high
    yield violation(facts.code, rule, value, limit, cause, **details)


def _cause(facts: Facts, value: int, total: int, bounds: Bounds, whole: Whole) -> str:
    """The plainest reason that explains a size out of bounds."""
    if facts.locked:
        return "locked_size"
    if total < bounds.low:
        return "community_small"
    if facts.heaviest[1] > bounds.high:
        return "one_floor"
    if not _divisible(total, bounds):
        return "community_sum"
    if value < bounds.low and whole.by_group:
        return "group_small"
    return "block_small" if facts.block_total < bounds.low else "neighbours"


def _divisible(total: int, bounds: Bounds) -> bool:
    """Whether a total is a sum of numbers within the bounds."""
    return -(-total // bounds.high) * bounds.low <= total
