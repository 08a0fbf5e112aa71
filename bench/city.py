"""A city of 8,000,000 doors, as far as the search for a place reads it: buildings, compounds and streets."""

import random
import time
from collections.abc import Iterator
from typing import Final

import psycopg
import shapely
from tests.program import Running

from shige.machine.database.cluster import Cluster
from shige.territory.models import Area, Building, Compound
from shige.territory.places import index_everything
from shige.territory.shapes import box_of, wkb
from shige.trust.bulk_insert import insert_many

BUILDINGS: Final = 160_000
"""At 50 doors each: 8,000,000 doors."""

IN_A_COMPOUND: Final = 12
ON_A_STREET: Final = 80
PREFIX: Final = "BENCH"

FIRST: Final = (
    "海玉金银锦芙桂春秋东西南北天文书青清和福康安宁嘉新华丰瑞"
    "祥云翠碧紫丹松竹梅兰荷柳枫桃杏樱星月阳晨光明望江湖溪泉山"
)
SECOND: Final = (
    "棠兰桂杏华蓉花晓实风山湖城水香府院和泰乐居安源景逸轩雅庭"
    "阁悦澜岸滨林园地庐舍韵境域都汇邦港湾畔泽润丽秀美盛荣昌隆"
)
COMPOUND_ENDS: Final = (
    "苑",
    "小区",
    "花园",
    "家园",
    "公寓",
    "华庭",
    "雅居",
    "新村",
    "宿舍",
    "名邸",
    "广场",
    "里",
)
STREET_ENDS: Final = ("路", "街", "东路", "西路", "南街", "北街", "大道", "巷", "路二段", "横街")

House = tuple[str, str, int, str, int]
"""Address, street, number, compound, block."""


def build(running: Running) -> float:
    """Put the city into a running program's database, unless it is there; return the seconds of indexing."""
    if not Building.objects.filter(unit__startswith=PREFIX).exists():
        communities = list(
            Area.objects.filter(level="community", kind="division").values_list("pk", flat=True)
        )
        houses = list(city())
        names = sorted({(place_of(compound, communities), compound) for _, _, _, compound, _ in houses})
        Compound.objects.bulk_create(
            (Compound(community_id=area, name=name) for area, name in names), 2000, ignore_conflicts=True
        )
        known = {name: pk for pk, name in Compound.objects.values_list("pk", "name")}
        rows = []
        for serial, house in enumerate(houses):
            rows.append(_building(serial, house, place_of(house[3], communities), known[house[3]]))
            if len(rows) == 5000:
                insert_many(rows)
                rows = []
        insert_many(rows)
    began = time.perf_counter()
    index_everything()
    took = time.perf_counter() - began
    with psycopg.connect(Cluster(running.data).owner_url, autocommit=True) as connection:
        connection.execute("ANALYZE")  # as the database does by itself, some minutes later
    return took


def city() -> Iterator[House]:
    """Yield the buildings of the city; the same ones each time."""
    chosen = random.Random(1)
    streets = [_name(chosen, STREET_ENDS) for _ in range(BUILDINGS // ON_A_STREET)]
    compounds = sorted({_name(chosen, COMPOUND_ENDS) for _ in range(BUILDINGS // IN_A_COMPOUND)})
    for serial in range(BUILDINGS):
        nth, block = divmod(serial, IN_A_COMPOUND)
        compound = compounds[nth % len(compounds)]
        street, number = streets[nth * 7 % len(streets)], 1 + nth * 7 // len(streets)
        yield f"{street}{number}号{compound}{block + 1}栋", street, number, compound, block + 1


def buildings_of(chosen: random.Random, count: int) -> list[House]:
    """Return some buildings of the city."""
    return chosen.sample(list(city()), count)


def place_of(compound: str, communities: list[int]) -> int:
    """Return the community of a compound."""
    return communities[sum(map(ord, compound)) % len(communities)]


def _name(chosen: random.Random, ends: tuple[str, ...]) -> str:
    return chosen.choice(FIRST) + chosen.choice(SECOND) + chosen.choice(ends)


def _building(serial: int, house: House, community: int, compound: int) -> Building:
    lon, lat = 104.5 + serial % 400 * 0.001, 30.2 + serial // 400 * 0.001
    shape = shapely.box(lon, lat, lon + 0.0002, lat + 0.0002)
    return Building(
        unit=f"{PREFIX}{serial}", community_id=community, compound_id=compound, address=house[0],
        use="residential", households=50, shops=0, floors=6, entrances=2, shape=wkb(shape),
        box=box_of(shape), lon=lon, lat=lat,
    )  # fmt: skip
