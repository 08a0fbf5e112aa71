"""What a plan is computed from: units, barriers, outlines and the grids decided last."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from shige.division import Barrier, Piece, Previous, Unit
from shige.division.pieces import read_part, spread
from shige.geo.codes import GridCode

from ..buildings import content_of, unit_of
from ..models import Area, Building, Feature, GridVersion, Outline, Placement
from ..shapes import from_wkb, hull

Ground = tuple[list[Unit], list[Barrier]]
"""The units of one community, and the barriers around them."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a division of one scope reads, and a hash over it.

    Attributes
    ----------
    previous
        None where no plan has ever been decided here.
    digest
        Two bases with one digest hold the same buildings in the same grids.
    """

    units: tuple[Unit, ...]
    barriers: tuple[Barrier, ...]
    areas: Mapping[str, BaseGeometry]
    previous: Previous | None
    digest: bytes


def communities_in(scope: Area) -> list[Area]:
    """Return the communities of a scope: a community, street or district, or an exclusive grid's own."""
    if scope.kind == Area.Kind.GRID:
        return list(Area.objects.filter(pk=scope.community_id or 0))
    listed = Area.objects.filter(kind=Area.Kind.DIVISION, level=Area.Level.COMMUNITY, **{scope.level: scope})
    return list(listed.order_by("code"))


def placed_before(scope: Area) -> list[Piece]:
    """Return where the doors of a scope were decided to lie last."""
    return list(pieces_of(latest_placements(communities_in(scope))))


def basis_of(scope: Area) -> Basis:
    """Read the basis of a division of ``scope`` as it stands now."""
    communities = communities_in(scope)
    houses = houses_in(communities)
    placements = latest_placements(communities)
    outlines = Outline.objects.filter(area__in=communities).select_related("area")
    previous = Previous(tuple(pieces_of(placements)), highest_serials(communities)) if placements else None
    return Basis(
        units=tuple(unit_of(house) for house in houses),
        barriers=tuple(barriers_near(houses)),
        areas={outline.area.code: from_wkb(outline.shape) for outline in outlines},
        previous=previous,
        digest=digest(houses, placements),
    )


def ground_of(community: Area) -> Ground:
    """Return the units of one community and the barriers around them."""
    houses = houses_in([community])
    return [unit_of(house) for house in houses], list(barriers_near(houses))


def houses_in(communities: Iterable[Area]) -> list[Building]:
    """Return the buildings of communities in the order of their ids."""
    found = Building.objects.filter(community__in=list(communities)).select_related("community", "compound")
    return list(found.order_by("unit"))


def latest_placements(communities: Iterable[Area]) -> list[Placement]:
    """Return the placements decided last, whether in force yet or not: those without an end."""
    held = Placement.objects.filter(building__community__in=list(communities), valid__upper_inf=True)
    ordered = held.select_related("building__community", "building__compound", "leaf")
    return list(ordered.order_by("building__unit", "entrances", "floors"))


def placements_on(communities: Iterable[Area], day: date) -> list[Placement]:
    """Return the placements that hold on a day."""
    held = Placement.objects.filter(building__community__in=list(communities), valid__contains=day)
    ordered = held.select_related("building__community", "building__compound", "leaf")
    return list(ordered.order_by("building__unit", "entrances", "floors"))


def latest_versions(communities: Iterable[Area]) -> list[GridVersion]:
    """Return the versions of grids decided last: those without an end."""
    held = GridVersion.objects.filter(community__in=list(communities), valid__upper_inf=True)
    return list(held.select_related("area", "parent"))


def pieces_of(placements: list[Placement], held: Iterable[GridVersion] | None = None) -> Iterator[Piece]:
    """Yield the placements as the division knows them, under the versions ``held`` (else the latest)."""
    if held is None:
        held = latest_versions({placement.building.community for placement in placements})
    versions = {version.area_id: version for version in held}
    roots = {
        version.community_id: version.area.code
        for version in versions.values()
        if version.level == "community"
    }
    units = {placement.building_id: unit_of(placement.building) for placement in placements}
    for placement in placements:
        unit = units[placement.building_id]
        part = part_of(placement)
        parent = versions[placement.leaf_id].parent
        micro = placement.leaf.level == Area.Level.MICRO
        yield Piece(
            unit=unit.id,
            part=part,
            households=doors_in(unit, part)[0],
            shops=doors_in(unit, part)[1],
            community=roots[placement.building.community_id],
            general=parent.code if micro and parent else "",
            micro=placement.leaf.code if micro else "",
            exclusive="" if micro else placement.leaf.code,
        )


def part_of(placement: Placement) -> str:
    """Write the part of a building as the division does: "", "e2" or "e2f1-9"."""
    if placement.entrances.upper is None:
        return ""
    if placement.floors.upper is None:
        return f"e{placement.entrances.lower}"
    return f"e{placement.entrances.lower}f{placement.floors.lower}-{placement.floors.upper - 1}"


def doors_in(unit: Unit, part: str) -> tuple[int, int]:
    """Count households and shops in a part of a unit."""
    entrance, low, high = read_part(part) or (0, 0, 0)
    rows = slice(entrance - 1, entrance) if entrance else slice(None)
    columns = slice(low - 1, high) if high else slice(None)
    households, shops = spread(unit)
    return int(households[rows, columns].sum()), int(shops[rows, columns].sum())


def highest_serials(communities: Iterable[Area]) -> dict[str, int]:
    """Return the highest serial ever given in each community; codes are never reused (R5)."""
    held: dict[str, int] = {}
    grids = Area.objects.filter(kind=Area.Kind.GRID, community__in=list(communities))
    for code in grids.values_list("code", flat=True):
        grid = GridCode.parse(code)
        held[str(grid.community)] = max(held.get(str(grid.community), 0), grid.serial)
    return held


def barriers_near(houses: Iterable[Building]) -> Iterator[Barrier]:
    """Yield the roads, railways and rivers around the buildings."""
    ground = hull(house.box for house in houses)
    if ground is None:
        return
    for feature in Feature.objects.filter(kind=Feature.Kind.BARRIER, box__overlaps=ground).order_by("pk"):
        yield Barrier(feature.grade, from_wkb(feature.shape))


def digest(houses: Iterable[Building], placements: Iterable[Placement]) -> bytes:
    """Hash the buildings and where their doors lie."""
    state = hashlib.sha256()
    for house in houses:
        state.update(repr((house.unit, content_of(house))).encode())
    for placement in placements:
        state.update(repr((placement.building.unit, part_of(placement), placement.leaf.code)).encode())
    return state.digest()
