"""What a hand may change in a plan: one building, the grids beside it, and what a move would break."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shige.division import Division, Grid, Violation

from ...computation.basis import communities_in, ground_of
from ...computation.outcome import read_again
from ...computation.reasons import in_words
from ...computation.settings import rules_for, settings_of
from ...grids.queries.known import known_of
from ...models import Area, Building, Plan
from ...plans.exclusive_grid import own_units
from ...shapes import METRES_PER_DEGREE, from_wkb
from ..change import Wanted, in_community, judged, moved, new_code
from ..wishes import wishes_of
from .against import against

BESIDE: Final = 80 / METRES_PER_DEGREE
"""Degrees (of latitude) within which another grid lies beside a building."""

OFFERED: Final = 8
FOUND: Final = 8


@dataclass(frozen=True, slots=True)
class Offered:
    """A grid into which a building may go."""

    code: str
    name: str
    households: int
    shops: int


@dataclass(frozen=True, slots=True)
class Held:
    """A part of a building (all of it: "") and the grid that holds it."""

    part: str
    grid: Offered
    households: int
    shops: int
    locked: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One building of a plan: where it lies, and where else it may go."""

    unit: str
    address: str
    known: tuple[str, ...]
    parts: tuple[Held, ...]
    beside: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move does to the two grids: the rules or wishes that it breaks, the rules that it mends."""

    grids: tuple[tuple[str, int, int], ...]
    broken: tuple[str, ...]
    mended: tuple[str, ...]


def choice(plan: Plan, unit: str) -> Choice:
    """Return a building of a plan with the grids beside it; Http404 where the plan has no such building."""
    house = Building.objects.filter(unit=unit).select_related("community").first()
    here = in_community(read_again(plan.outcome), house.community.code) if house else None
    pieces = [piece for piece in here.pieces if piece.unit == unit] if here else []
    if house is None or here is None or not pieces:
        raise Http404(unit)
    grids = {grid.code: grid for grid in here.grids}
    locked = set(plan.wishes.get("locked", ()))
    parts = tuple(
        Held(piece.part, offered(grids[piece.leaf]), piece.households, piece.shops, piece.leaf in locked)
        for piece in pieces
    )
    taken = {held.grid.code for held in parts} if len(parts) == 1 else set()
    level = grids[pieces[0].leaf].level
    own = own_units(plan)
    if own is not None and unit not in own:
        raise Http404(unit)
    mine = {piece.leaf for piece in here.pieces if own is None or piece.unit in own}
    near = beside(
        from_wkb(house.shape), (grid for grid in here.grids if grid.level == level and grid.code in mine)
    )
    fresh = Offered(new_code(here, level), _("A new grid"), 0, 0)
    others = tuple(offered(grid) for grid in near if grid.code not in taken)
    return Choice(unit, house.address, tuple(known_of(house)), parts, (*others, fresh))


def offered(grid: Grid) -> Offered:
    """Return a grid as it is offered."""
    return Offered(grid.code, grid.name, grid.households, grid.shops)


def beside(house: BaseGeometry, grids: Iterable[Grid]) -> list[Grid]:
    """Return the grids near a building, the nearest first."""
    measured = [(house.distance(grid.geometry), grid) for grid in grids]
    near = [(metres, grid) for metres, grid in measured if metres < BESIDE]
    return [grid for _, grid in sorted(near, key=lambda found: (found[0], found[1].code))[: OFFERED + 1]]


def effect(plan: Plan, wanted: Wanted) -> Effect:
    """Judge a move without drawing it.

    Raises
    ------
    Http404
        There is no such building or grid, or the move is none that a hand may make.
    """
    community = Area.objects.filter(code=wanted.target[:12], kind=Area.Kind.DIVISION).first()
    if community is None:
        raise Http404(wanted.target)
    here = in_community(read_again(plan.outcome), community.code)
    rules = rules_for(settings_of(plan.settings))
    ground = ground_of(community)
    try:
        pieces = moved(here.pieces, wanted, new_code(here, wanted.level))
        there = judged(here, pieces, ground, rules, polygons=False)
        now = judged(here, here.pieces, ground, rules, polygons=False)
    except ValueError as error:
        raise Http404(str(error)) from error
    names = {grid.code: grid.name for grid in (*there.grids, *here.grids)}
    before, after = by_rule(now), by_rule(there)
    return Effect(
        grids=tuple(changed(now, there, names)),
        broken=(
            *(sentence(found, names) for key, found in after.items() if worse(before.get(key), found)),
            *against(wishes_of(plan.wishes), here.pieces, wanted, ground[0], names),
        ),
        mended=tuple(sentence(found, names) for key, found in before.items() if key not in after),
    )


def changed(now: Division, there: Division, names: Mapping[str, str]) -> Iterable[tuple[str, int, int]]:
    """Yield the grids of the lowest level whose doors change: name, doors before and after."""
    before = {grid.code: grid.households + grid.shops for grid in now.grids if grid.level in LEAVES}
    after = {grid.code: grid.households + grid.shops for grid in there.grids if grid.level in LEAVES}
    for code in sorted(before.keys() | after.keys()):
        if before.get(code, 0) != after.get(code, 0):
            yield names.get(code, code), before.get(code, 0), after.get(code, 0)


LEAVES: Final = ("micro", "exclusive")


def by_rule(found: Division) -> dict[tuple[str, str], Violation]:
    """Return what is broken by grid and rule."""
    return {(broken.grid, broken.rule): broken for broken in found.violations}


def worse(before: Violation | None, after: Violation) -> bool:
    """Say whether a rule is broken anew, or farther than before."""
    return before is None or abs(after.value - after.limit) > abs(before.value - before.limit)


def sentence(broken: Violation, names: Mapping[str, str]) -> str:
    """Say which grid breaks a rule, by how much and why."""
    kept: dict[str, Any] = {**asdict(broken), "details": dict(broken.details)}
    words = in_words(kept)
    return f"{names.get(broken.grid, broken.grid)}: {words.what} — {words.why}"


def found_buildings(plan: Plan, text: str) -> list[Building]:
    """Return buildings of a plan's area whose address holds a text."""
    if not text.strip():
        return []
    found = Building.objects.filter(community__in=communities_in(plan.scope), address__icontains=text.strip())
    own = own_units(plan)
    if own is not None:
        found = found.filter(unit__in=own)
    return list(found.only("unit", "address").order_by("address")[:FOUND])
