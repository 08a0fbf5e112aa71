"""What stands on the notice sign of a grid (网格公示牌): its place, its people, the number to call."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404
from shapely.geometry.base import BaseGeometry

from shige.trust.queries import today

from ...models import Area, Feature, GridVersion, Placement
from ...shapes import from_wkb, hull
from ..picture import Picture, picture
from .grids import in_force
from .people import Team, teams_of

ADDRESSES_SHOWN: Final = 24


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. ``above`` are the grids and the community that hold it; ``telephone`` is the one to call."""

    code: str
    name: str
    level: str
    above: tuple[str, ...]
    teams: tuple[Team, ...]
    telephone: str
    addresses: tuple[str, ...]
    more: int
    picture: Picture


def signs_of(code: str) -> list[Sign]:
    """Return the sign of a grid (18 digits), or of every grid of a community (12 digits).

    Raises
    ------
    Http404
        No such grid holds today.
    """
    wanted = {"area__code": code} if len(code) == 18 else {"community__code": code}
    versions = list(in_force().filter(**wanted).select_related("area", "parent__parent", "community"))
    if not versions:
        raise Http404(code)
    community = versions[0].community
    places = {place_of(version): version.level for version in versions}
    teams = teams_of({**places, community.pk: Area.Level.COMMUNITY})
    houses = houses_by_grid(community)
    roads = roads_near(versions)
    versions.sort(key=lambda version: (ORDER[version.level], version.area.code))
    return [sign_of(version, teams, houses, roads) for version in versions]


ORDER: Final[Mapping[str, int]] = {"community": 0, "general": 1, "micro": 2, "exclusive": 3}
House = tuple[str, BaseGeometry]


def place_of(version: GridVersion) -> int:
    """Return the area at which the posts of a grid are opened."""
    return version.community_id if version.level == Area.Level.COMMUNITY else version.area_id


def houses_by_grid(community: Area) -> Mapping[int, list[House]]:
    """Return the buildings of every grid of a community, by the grid's id. One statement."""
    held = Placement.objects.filter(building__community=community, valid__contains=today())
    rows = held.order_by("building__address").values_list(
        "building_id",
        "building__address",
        "building__shape",
        "leaf_id",
        "leaf__parent_id",
        "leaf__parent__parent_id",
    )
    found: dict[int, dict[int, House]] = defaultdict(dict)
    for building, address, shape, *grids in rows:
        house = (address, from_wkb(shape))
        for grid in filter(None, grids):
            found[grid][building] = house
    return {grid: list(houses.values()) for grid, houses in found.items()}


def roads_near(versions: Iterable[GridVersion]) -> list[BaseGeometry]:
    """Return the roads and rivers around grids. One statement."""
    box = hull(version.box for version in versions)
    found = Feature.objects.filter(kind=Feature.Kind.BARRIER, box__overlaps=box)
    return [from_wkb(shape) for shape in found.order_by("pk").values_list("shape", flat=True)]


def sign_of(
    version: Any,
    teams: Mapping[int, list[Team]],
    houses: Mapping[int, list[House]],
    roads: list[BaseGeometry],
) -> Sign:
    """Return the sign of one grid."""
    own = houses.get(version.area_id, [])
    every = {address: shape for listed in houses.values() for address, shape in listed}
    mine = teams.get(place_of(version), [])
    office = teams.get(version.community_id, [])
    addresses = list(dict.fromkeys(address for address, _ in own))
    return Sign(
        code=version.area.code,
        name=version.called,
        level=version.level,
        above=above(version),
        teams=tuple(team for team in mine if team.leads or not team.vacant),
        telephone=next((team.telephone for team in (*mine, *office) if team.telephone), ""),
        addresses=tuple(addresses[:ADDRESSES_SHOWN]),
        more=max(0, len(addresses) - ADDRESSES_SHOWN),
        picture=picture(from_wkb(version.shape), [shape for _, shape in own], every.values(), roads),
    )


def above(version: GridVersion) -> tuple[str, ...]:
    """Return the names of the community and of the grids that hold a grid."""
    parent = version.parent
    if parent is None or version.level == Area.Level.COMMUNITY:
        return (version.community.name,)
    return (parent.name,) if parent.level == Area.Level.COMMUNITY else (version.community.name, parent.name)
