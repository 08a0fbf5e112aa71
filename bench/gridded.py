"""A made-up city of 154,000 areas with grids in force, and the table of its Party organisations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Final

from django.db.backends.postgresql.psycopg_any import DateRange

from shige.redline.models import Organisation, Standing
from shige.territory.models import Area, GridVersion, Plan
from shige.trust.bulk_insert import insert_many
from shige.trust.jurisdiction import profile

DISTRICTS: Final = 20
STREETS: Final = 13
COMMUNITIES: Final = 11
GENERALS: Final = 4
MICROS: Final = 12
WIDE: Final = 40
FIRST_KEY: Final = 10_000_000
SINCE: Final = date(2024, 1, 1)
AT_ONCE: Final = 10_000

Row = tuple[str, str, str, str]
"""Name, kind, code of the grid, name of the organisation above."""


@dataclass(slots=True)
class City:
    """Areas as they are made, and a row for every organisation that the pairs ask for."""

    areas: list[Area] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    keys: Iterator[int] = field(default_factory=lambda: count(FIRST_KEY))

    def area(self, level: str, code: str, name: str, upper: Area | None = None) -> Area:
        """Make an area below another one."""
        kind = Area.Kind.GRID if len(code) > 12 else Area.Kind.DIVISION
        made = Area(
            pk=next(self.keys), kind=kind, level=level, code=code, name=name, sort_key=code, parent=upper
        )
        for column in ("district_id", "street_id", "community_id", "general_id"):
            setattr(made, column, getattr(upper, column, None))
        if level == "general" or (kind == Area.Kind.DIVISION and level != "city"):
            setattr(made, f"{level}_id", made.pk)
        self.areas.append(made)
        return made


def made() -> City:
    """Write the city's areas and grids, and return it; its organisations are left to whoever measures."""
    city = City()
    root = city.area("city", "590100000000", "样城")
    for district in range(DISTRICTS):
        upper = city.area("district", f"5901{district + 10}000000", f"第{district + 1}区", root)
        for street in range(STREETS):
            name = f"{district + 1}区{street + 1}街"
            place = city.area("street", f"{upper.code[:6]}{street + 1:03d}000", name, upper)
            for community in range(COMMUNITIES):
                divide(city, place, community + 1)
    write(root, city.areas)
    return city


def divide(city: City, street: Area, number: int, generals: int = GENERALS, micros: int = MICROS) -> None:
    """Make a community with its grids of every level, and the rows of their organisations."""
    community = city.area("community", f"{street.code[:9]}{number:03d}", f"{street.name}{number}社区", street)
    whole = city.area("community", f"{community.code}000001", f"{community.name}总网格", community)
    committee = f"{community.name}党委"
    city.rows.append((committee, "街道下沉党员干部", whole.code, ""))
    for first in range(generals):
        general = city.area("general", f"{community.code}1{first + 1:05d}", f"第{first + 1}网格", community)
        branch = f"第{first + 1}网格党支部"
        city.rows.append((branch, "社区党员干部", general.code, committee))
        for micro in range(first * micros, (first + 1) * micros):
            grid = city.area("micro", f"{community.code}2{micro + 1:05d}", f"{micro + 1}号微网格", general)
            city.rows.append((f"{micro + 1}号微网格党小组", "居民党员", grid.code, branch))


def tie(city: City, most: int) -> None:
    """Write the organisations of the first rows as they stand, without the history that a table brings."""
    kinds = {pair.name.zh: pair.code for pair in profile().redline}
    areas = {area.code: area for area in city.areas}
    listed = [(name, kinds[kind], areas[code]) for name, kind, code, _above in city.rows[:most]]
    made = Organisation.objects.bulk_create(
        [Organisation(kind=kind) for _name, kind, _area in listed], batch_size=AT_ONCE
    )
    rows = [
        Standing(organisation=own, kind=kind, name=name, area=area, valid=DateRange(SINCE, None))
        for own, (name, kind, area) in zip(made, listed, strict=True)
    ]
    for start in range(0, len(rows), AT_ONCE):
        insert_many(rows[start : start + AT_ONCE])


def wide_street() -> City:
    """Write one street of 40 communities with 8 general grids of 10 micro-grids each, and return it."""
    city = City(keys=count(FIRST_KEY * 2))
    root = city.area("district", "590200000000", "宽区")
    street = city.area("street", "590200001000", "宽街", root)
    for number in range(WIDE):
        divide(city, street, number + 1, 8, 10)
    write(root, city.areas)
    return city


def write(root: Area, areas: Sequence[Area]) -> None:
    """Write areas, and a version in force of each grid."""
    Area.objects.bulk_create(areas, batch_size=AT_ONCE)
    plan = Plan.objects.create(scope=root, profile="chengdu", outcome={})
    grids = [area for area in areas if area.kind == Area.Kind.GRID]
    for start in range(0, len(grids), AT_ONCE):
        insert_many([version(plan, area) for area in grids[start : start + AT_ONCE]])


def version(plan: Plan, area: Area) -> GridVersion:
    """Return a version in force; every fifth general grid holds more households than a general grid may."""
    households = {"community": 1900, "general": 480, "micro": 40}[area.level]
    if area.level == "general" and area.pk % 5 == 0:
        households = 620
    return GridVersion(
        area=area, plan=plan, community_id=area.community_id, level=area.level, valid=DateRange(SINCE, None),
        households=households, shops=0, hours=2.5, shape=b"", box=(104.0, 30.0, 104.1, 30.1),
    )  # fmt: skip
