"""How many members serve in the grids of a place, beside its coverage; for who keeps their register (R9)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from shige.redline.coverage.findings import grids_on
from shige.redline.coverage.places import Place
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, may, require
from shige.trust.queries import today

from .apart import register_open
from .models import Member

LEVELS: Final = ("street", "community")
"""Of the places of which it is told: a register is kept up to the street."""


@dataclass(frozen=True, slots=True)
class Served:
    """A grid, or the grids of a community: how many members serve in how many of them."""

    code: str
    name: str
    members: int
    grids: int
    served: int


def serving_panel(viewer: Viewer, place: Place) -> dict[str, object]:
    """Return what the coverage of a place tells of its members, to whoever sees their whole register."""
    if place.area is None or place.level not in LEVELS:
        return {}
    if not may(viewer, "member.see", lineage_of(place.area)):
        return {}
    rows = grids_on(viewer, today()).filter(place.within(), kind=Area.Kind.GRID)
    grids = list(rows.exclude(level="community").select_related("community").order_by("level", "code"))
    counts = members_by_grid(viewer, grids)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for grid in grids:
        groups[_key(place, grid)].append(counts[grid.pk])
    told = [_served(key, held) for key, held in sorted(groups.items())]
    return {"serving": told, "serving_by_grid": place.level == "community"} if told else {}


def members_by_grid(viewer: Viewer, grids: Iterable[Area]) -> dict[int, int]:
    """Return how many members of the Party serve in each grid, by its key.

    Raises
    ------
    PermissionDenied
        The viewer does not see the register of all these grids: small counts would tell who it is (P8).
    """
    keys = []
    for grid in grids:
        require(viewer, "member.see", lineage_of(grid))
        keys.append(grid.pk)
    with register_open():
        serving = Member.objects.filter(state=Member.State.CONFIRMED, party=True, grid__in=keys)
        counted = Counter(serving.values_list("grid", flat=True))
    return {key: counted[key] for key in keys}


def _key(place: Place, grid: Area) -> tuple[str, str]:
    if place.level == "community" or grid.community is None:
        return grid.code, grid.name
    return grid.community.code, grid.community.name


def _served(key: tuple[str, str], held: Sequence[int]) -> Served:
    return Served(*key, members=sum(held), grids=len(held), served=sum(count > 0 for count in held))
