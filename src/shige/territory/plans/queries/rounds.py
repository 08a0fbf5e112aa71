"""Hours of a round in a plan: of one grid, and of all micro-grids together (R3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ...computation.measures import mean
from ...computation.rounds import PEOPLE, TASKS
from ...computation.settings import rules_for, settings_of
from ...models import Area, Plan

TASK_WORDS: Final[Mapping[str, str]] = {
    "notice": gettext_noop("Notice at each door"),
    "check": gettext_noop("Check at each door"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Mean hours with so many people, the ``longest`` round, and how many are ``over`` the aim."""

    people: int
    hours: float
    longest: float
    over: int


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One task with its hours for each number of people."""

    task: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """The table of hours of so many ``grids``; 1 for a single grid of any level."""

    rows: tuple[RoundRow, ...]
    aim: float
    grids: int
    people: tuple[int, ...] = PEOPLE


def rounds_in(plan: Plan) -> Rounds | None:
    """Return the hours of all micro-grids of a plan; None where it was computed before they were kept."""
    kept: Mapping[str, Any] = plan.outcome.get("rounds", {})
    codes = [grid["code"] for grid in plan.outcome["grids"] if grid["level"] == Area.Level.MICRO]
    return table([kept[code] for code in codes if code in kept], aim_of(plan))


def rounds_of_grid(plan: Plan, code: str) -> Rounds | None:
    """Return the hours of one grid; None where none are kept."""
    kept = plan.outcome.get("rounds", {}).get(code)
    return table([kept] if kept else [], aim_of(plan))


def aim_of(plan: Plan) -> float:
    """Return the hours that a round is to take at most."""
    return float(rules_for(settings_of(plan.settings)).grids.aim_hours)


def table(rounds: list[Mapping[str, list[float]]], aim: float) -> Rounds | None:
    """Write the hours of grids as one table."""
    if not rounds:
        return None
    rows = tuple(
        RoundRow(
            _(TASK_WORDS[task]), tuple(cell(people, hours, aim) for people, hours in by_people(rounds, task))
        )
        for task in TASKS
    )
    return Rounds(rows, aim, len(rounds))


def by_people(rounds: list[Mapping[str, list[float]]], task: str) -> list[tuple[int, list[float]]]:
    """Return for each number of people the hours of every grid."""
    return [(people, [found[task][place] for found in rounds]) for place, people in enumerate(PEOPLE)]


def cell(people: int, hours: list[float], aim: float) -> Cell:
    """Sum up the hours of grids with so many people."""
    over = sum(found > aim for found in hours)
    return Cell(people, mean(hours), max(hours), over)
