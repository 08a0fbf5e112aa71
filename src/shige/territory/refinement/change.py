"""Change a computed plan by hand: a building goes to another grid, and its community is judged again (R6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from shapely.geometry.base import BaseGeometry

from shige import division
from shige.division import Division, Level, Piece, Violation
from shige.division.codes import code_of

from ..computation.basis import Ground
from ..computation.settings import PlanRules

OF_THE_AREA = frozenset({"area", "buildings", "shared"})
"""Rules about a community's area, which no move of a building changes."""

ASKED = frozenset({"compound", "locked", "together", "apart", "line"})
"""Rules that only a computation judges; what it found stays true of grids that keep their doors."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A building, or one part of it, and the leaf grid to which it goes."""

    unit: str
    part: str
    target: str

    @property
    def level(self) -> str:
        """The level of the grid to which it goes; its digit stands in the code."""
        return "exclusive" if self.target[12:13] == "3" else "micro"


def new_code(here: Division, level: str) -> str:
    """Return the code that the next grid of a community gets: its serial was never given before (R5)."""
    community = here.grids[0].code[:12]
    return code_of(community, cast(Level, level), here.serials[community] + 1)


def moved(pieces: Iterable[Piece], wanted: Wanted, fresh: str = "") -> list[Piece]:
    """Return the pieces with one of them in another grid; ``fresh`` is the code of one that is new.

    A new micro-grid lies in the general grid in which the building lies already.

    Raises
    ------
    ValueError
        There is no such piece or grid, or the grid is of another community or kind.
    """
    listed = list(pieces)
    goal = next((piece for piece in listed if piece.leaf == wanted.target), None)
    here = next((piece for piece in listed if (piece.unit, piece.part) == (wanted.unit, wanted.part)), None)
    if here is None or (goal is None and wanted.target != fresh):
        raise ValueError("no such building or grid")
    if goal is None:
        there = replace(here, exclusive=fresh) if here.exclusive else replace(here, micro=fresh)
    elif goal.community == here.community and bool(goal.exclusive) == bool(here.exclusive):
        there = replace(here, general=goal.general, micro=goal.micro, exclusive=goal.exclusive)
    else:
        raise ValueError("a building stays in its community and in its kind of grid")
    return [there if piece is here else piece for piece in listed]


def in_community(found: Division, code: str) -> Division:
    """Return the part of a division that lies in one community."""
    grids = tuple(grid for grid in found.grids if grid.code.startswith(code))
    return replace(
        found,
        pieces=tuple(piece for piece in found.pieces if piece.community.startswith(code)),
        grids=grids,
        violations=tuple(broken for broken in found.violations if broken.grid.startswith(code)),
        serials={code: found.serials[code]},
    )


def judged(
    here: Division, pieces: Sequence[Piece], ground: Ground, rules: PlanRules, polygons: bool
) -> Division:
    """Judge changed pieces of one community; names, area and remarks on the area stay as they are."""
    units, barriers = ground
    found = division.assess(
        units,
        barriers,
        pieces,
        rules,
        areas=area_of(here),
        names={grid.code: grid.name for grid in here.grids},
        polygons=polygons,
    )
    return replace(found, violations=(*remarks(here), *found.violations))


def area_of(here: Division) -> dict[str, BaseGeometry]:
    """Return the area of a community as the plan drew it."""
    return {grid.code[:12]: grid.geometry for grid in here.grids if grid.level == "community"}


def remarks(here: Division) -> list[Violation]:
    """Return what is said of the community's area."""
    return [broken for broken in here.violations if broken.rule in OF_THE_AREA]


def with_unmet(here: Division, there: Division) -> Division:
    """Return a changed community with what was found before of grids that hold the same doors as then."""
    before, after = doors_of(here.pieces), doors_of(there.pieces)
    unmet = [
        broken
        for broken in here.violations
        if broken.rule in ASKED and before[broken.grid] == after[broken.grid]
    ]
    return replace(there, violations=(*there.violations, *unmet))


def doors_of(pieces: Iterable[Piece]) -> Mapping[str, set[tuple[str, str]]]:
    """Return the parts of buildings that each grid holds."""
    held: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for piece in pieces:
        for code in (piece.community, piece.general, piece.leaf):
            held[code].add((piece.unit, piece.part))
    return held


def put_back(whole: Division, code: str, part: Division) -> Division:
    """Return a division in which one community is as in ``part``."""

    def outside(grid: str) -> bool:
        return not grid.startswith(code)

    pieces = [piece for piece in whole.pieces if outside(piece.community)]
    return replace(
        whole,
        pieces=tuple(sorted([*pieces, *part.pieces], key=lambda piece: (piece.community, piece.unit))),
        grids=(*(grid for grid in whole.grids if outside(grid.code)), *part.grids),
        violations=(*(broken for broken in whole.violations if outside(broken.grid)), *part.violations),
        serials={**whole.serials, code: max(whole.serials.get(code, 0), part.serials.get(code, 0))},
    )
