"""Write the index of places: names with their keys, and the addresses of buildings."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Avg, Q

from shige.language.spelling import index_keys
from shige.trust.jurisdiction import profile
from shige.trust.queries import today

from ..models import Address, Area, Building, Feature, GridVersion, Outline, PlaceName, Thing
from ..shapes import from_wkb
from ..things.queries import kind_choices
from .lines import Line, lines_of

BATCH: Final = 2000

RIVERS: Final = ("river", "canal", "stream")
"""Barriers that people call by their water: 江边."""

ALSO: Final = {
    "market": ("菜市场", "农贸市场", "集市", "market"),
    "park": ("公园", "park"),
    "office": ("写字楼", "办公楼", "office"),
    "pitch": ("球场", "运动场", "pitch"),
    "water": ("江边", "河边", "湖边", "水边", "河道", "river", "lake"),
}
"""What people call a place of a use, whatever its name is."""

CALLED: Final = {
    "小学": ("学校", "school"),
    "中学": ("学校", "school"),
    "超市": ("超市",),
    "医院": ("医院", "hospital"),
    "卫生服务": ("医院", "社区医院"),
    "幼儿园": ("幼儿园", "kindergarten"),
    "活动中心": ("活动中心", "老年活动中心"),
    "公厕": ("公厕", "厕所", "公共厕所", "toilet"),
    "公共厕所": ("公厕", "厕所", "公共厕所", "toilet"),
}

House = tuple[int, str, int | None, str | None, str, int | None]
"""Key, address, compound and its name, use, community."""


def index_everything() -> int:
    """Write the whole index anew; return how many buildings it holds."""
    PlaceName.objects.all().delete()
    keys = list(Building.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        index_buildings(keys[start : start + BATCH])
    index_landmarks()
    return len(keys)


def index_missing() -> int:
    """Write the index where there are buildings and none of them has an address yet; return of how many."""
    if Address.objects.exists() or not Building.objects.exists():
        return 0
    return index_everything()


def index_buildings(keys: Collection[int]) -> None:
    """Write the addresses of these buildings anew; names that no building bears any more go."""
    if not keys:
        return
    old = Address.objects.filter(building__in=keys)
    touched = set(old.values_list("name", flat=True).distinct())
    old.delete()
    houses = list(
        Building.objects.filter(pk__in=keys).values_list(
            "pk", "address", "compound_id", "compound__name", "use", "community_id"
        )
    )
    named = [(house, line) for house in houses for line in lines_of(house[1], house[3] or "")]
    compounds, streets = _compounds(houses), _streets({line.name for _, line in named if line.name})
    rows = _addresses(named, compounds, streets)
    Address.objects.bulk_create(rows, 5000)
    _settle(touched | set(compounds.values()) | set(streets.values()))


@transaction.atomic
def index_landmarks() -> int:
    """Write the landmarks anew: communities, managed places, parks, exclusive grids, things; return how many.

    Grids and things change by day: whatever draws the map or begins the day calls this.
    """
    PlaceName.objects.filter(kind__in=(PlaceName.Kind.LANDMARK, PlaceName.Kind.THING)).delete()
    seen: set[tuple[str, float, float]] = set()
    rows = []
    for text, lon, lat, use in (*_managed(), *_features(), *_exclusive()):
        spot = text, round(lon, 3), round(lat, 3)
        if text and spot not in seen:
            seen.add(spot)
            rows.append(_name(PlaceName.Kind.LANDMARK, text, use, lon=lon, lat=lat))
    rows += _communities()
    return len(PlaceName.objects.bulk_create([*rows, *_things()], 2000))


def _name(kind: str, text: str, use: str = "", **more: Any) -> PlaceName:
    also = [*ALSO.get(use, ()), *(word for end, words in CALLED.items() if end in text for word in words)]
    keys = {key for word in (text, *also) for key in index_keys(word)}
    return PlaceName(kind=kind, text=text[:160], also=" ".join(also), keys=sorted(keys), **more)


def _compounds(houses: Iterable[House]) -> dict[int, int]:
    """Return the names of the compounds of these buildings, made where they are new."""
    wanted = {compound: (name, use, area) for _, _, compound, name, use, area in houses if compound and name}
    held = dict(PlaceName.objects.filter(compound__in=wanted).values_list("compound", "pk"))
    fresh = [
        _name(PlaceName.Kind.COMPOUND, name, use, compound_id=compound, community_id=area)
        for compound, (name, use, area) in wanted.items()
        if compound not in held
    ]
    made = PlaceName.objects.bulk_create(fresh, 2000)
    return {compound: pk for compound, pk in held.items() if compound} | {
        row.compound_id: row.pk for row in made if row.compound_id
    }


def _streets(names: Collection[str]) -> dict[str, int]:
    """Return the names of streets, and of what else addresses name, made where they are new."""
    streets = PlaceName.objects.filter(kind=PlaceName.Kind.STREET, text__in=names)
    fresh = set(names) - set(streets.values_list("text", flat=True))
    PlaceName.objects.bulk_create(
        (_name(PlaceName.Kind.STREET, name) for name in sorted(fresh)), 2000, ignore_conflicts=True
    )
    return dict(streets.values_list("text", "pk"))


def _addresses(
    named: Iterable[tuple[House, Line]], compounds: dict[int, int], streets: dict[str, int]
) -> Iterator[Address]:
    for (building, _, compound, *_), line in named:
        name = streets.get(line.name) if line.name else compounds.get(compound or 0)
        if name:
            yield Address(name_id=name, building_id=building, number=line.number[:24], block=line.block[:40])


MIDDLES: Final = """
UPDATE territory_placename AS name SET lon = middle.lon, lat = middle.lat
FROM (
    SELECT name_id, avg(lon) AS lon, avg(lat) AS lat
    FROM territory_address JOIN territory_building ON territory_building.id = building_id
    WHERE name_id = ANY(%s) GROUP BY name_id
) AS middle WHERE name.id = middle.name_id
"""


def _settle(names: Collection[int]) -> None:
    """Set the middle of names, and drop those that no address has."""
    PlaceName.objects.filter(pk__in=names, addresses=None).filter(
        kind__in=(PlaceName.Kind.STREET, PlaceName.Kind.COMPOUND)
    ).delete()
    with connection.cursor() as cursor:
        cursor.execute(MIDDLES, [list(names)])


Landmark = tuple[str, float, float, str]


def _managed() -> Iterator[Landmark]:
    """Yield who manages offices, markets and parks, unless a compound is called so."""
    managed = Building.objects.exclude(manager="").order_by("manager")
    for manager, use, lon, lat in managed.values_list("manager", "use").annotate(Avg("lon"), Avg("lat")):
        yield manager, lon, lat, use


def _features() -> Iterator[Landmark]:
    rivers = Q(kind=Feature.Kind.BARRIER, grade__in=RIVERS)
    named = Feature.objects.filter(Q(kind__in=("park", "green", "pitch", "water")) | rivers).exclude(name="")
    for name, kind, shape in named.values_list("name", "kind", "shape").iterator(1000):
        point = from_wkb(shape).representative_point()
        yield name, point.x, point.y, "water" if kind == Feature.Kind.BARRIER else kind


def _communities() -> Iterator[PlaceName]:
    """Yield the communities: whoever knows no more than that can say where it is all the same."""
    grounds = Outline.objects.filter(area__level=Area.Level.COMMUNITY)
    for area, name, shape in grounds.values_list("area", "area__name", "shape").iterator(1000):
        point = from_wkb(shape).representative_point()
        yield _name(PlaceName.Kind.LANDMARK, name, lon=point.x, lat=point.y, community_id=area)


def _exclusive() -> Iterator[Landmark]:
    """Yield the places that have a grid of their own, by their own names: nobody calls it by its grid."""
    grids = GridVersion.objects.filter(level=Area.Level.EXCLUSIVE, valid__contains=today())
    for name, shape in grids.values_list("area__name", "shape").iterator(1000):
        point = from_wkb(shape).representative_point()
        yield place_of(name), point.x, point.y, ""


def place_of(grid: str) -> str:
    """Return the place that an exclusive grid is named after; a grid with a name of its own keeps it."""
    place, _, rest = profile().grids.names.exclusive.partition("{place}")
    named = re.fullmatch(
        re.escape(place) + r"(.+?)" + re.escape(rest).replace(re.escape("{number}"), r"\d*"), grid
    )
    return named[1] if named else grid


def _things() -> Iterator[PlaceName]:
    """Yield the names of the public things on the register: found by kind, but no landmarks of the map."""
    kinds: dict[str, str] = dict(kind_choices(public=True))
    for thing in Thing.objects.filter(kind__in=kinds, retired_on=None).order_by("pk"):
        kind = kinds[thing.kind]
        text = thing.name if kind in thing.name else f"{kind} {thing.name}"
        area = thing.community_id
        yield _name(PlaceName.Kind.THING, text, lon=thing.lon, lat=thing.lat, community_id=area)
