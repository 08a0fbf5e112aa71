"""Buildings by name and number: statements of their own, for Django would read every outline along."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from shige.language.address import Written, house_number

from ..shapes import around
from .names import Named

MOST: Final = 300
AROUND_METRES: Final = 600.0

COLUMNS: Final = """
SELECT house.id, house.unit, house.address, coalesce(compound.name, ''), area.name, area.street_id,
       house.lon, house.lat, address.name_id, address.number, address.block
"""
JOINED: Final = """
JOIN territory_building AS house ON house.id = address.building_id
JOIN territory_area AS area ON area.id = house.community_id
LEFT JOIN territory_compound AS compound ON compound.id = house.compound_id
"""
HOUSE: Final = f"{COLUMNS} FROM territory_address AS address {JOINED}"
LENGTH: Final = (
    "ORDER BY length(address.block), address.block, length(address.number), address.number,"
    " address.building_id"
)
# Addresses are found by their index first, whatever the planner knows of tables that were just filled:
# without statistics it read all buildings, a hundred times slower.
FIRST: Final = """
WITH address AS MATERIALIZED (
    SELECT address.building_id, address.name_id, address.number, address.block
    FROM territory_address AS address WHERE {where} LIMIT %s
)
"""
AT: Final = (
    FIRST.format(where="address.name_id = ANY(%s) AND (address.number = ANY(%s) OR address.block = ANY(%s))")
    + f"{COLUMNS} FROM address {JOINED}"
)
IN: Final = (
    FIRST.format(where=f"address.name_id = ANY(%s) {LENGTH}") + f"{COLUMNS} FROM address {JOINED} {LENGTH}"
)
BLOCK: Final = (
    HOUSE
    + """
WHERE address.block = %s AND (%s::box IS NULL OR house.box && %s::box)
ORDER BY (house.lon - %s) ^ 2 + (house.lat - %s) ^ 2, house.id LIMIT %s
"""
)
BESIDE: Final = (
    HOUSE
    + """
WHERE address.name_id = ANY(%s) AND address.number ~ '^[0-9]{1,5}$'
ORDER BY abs(address.number::integer - %s), house.id LIMIT 3
"""
)


@dataclass(frozen=True, slots=True)
class House:
    """A building by one of its addresses: ``name`` led to it, with number and block there."""

    pk: int
    unit: str
    address: str
    compound: str
    community: str
    street: int | None
    lon: float
    lat: float
    name: int
    number: str
    block: str

    @property
    def short(self) -> str:
        """What it is called in its compound, or its whole address."""
        if self.block:
            return f"{self.block.upper()}栋" if re.fullmatch(r"[0-9a-z]{1,4}", self.block) else self.block
        return house_number(self.number) if self.number else self.address


def houses_at(names: Iterable[Named], written: Written) -> list[House]:
    """Return the buildings that names and numbers point to; without numbers, those of the best names."""
    listed = list(names)
    keys = [named.pk for named in listed]
    numbers, blocks = numbers_in(written), blocks_in(written)
    inside = [named.pk for named in listed if len(named.rest) > 1][:3]
    if numbers or blocks or inside:
        found = _rows(AT, keys, numbers, blocks, MOST) if numbers or blocks else []
        return found + (_rows(IN, inside, MOST) if inside else [])
    best = listed[0].score if listed else 0
    return _rows(IN, [named.pk for named in listed if named.score > best - 0.1][:5], 40)


def houses_in(name: int, limit: int) -> list[House]:
    """Return the buildings of a compound in the order of their numbers."""
    seen: dict[int, House] = {}
    for house in _rows(IN, [name], limit * 2):
        seen.setdefault(house.pk, house)
    return list(seen.values())[:limit]


def houses_near_block(block: str, near: tuple[float, float] | None) -> list[House]:
    """Return the buildings that are called so in their compounds, around a position where there is one."""
    if not block:
        return []
    if near is None:
        return _rows(BLOCK, block, None, None, 0.0, 0.0, 40)
    west, south, east, north = around(*near, AROUND_METRES)
    box = f"({east},{north}),({west},{south})"
    return _rows(BLOCK, block, box, box, *near, 40)


def nearest_numbers(names: Iterable[Named], number: str) -> list[House]:
    """Return the buildings whose numbers on the best name come next to one that there is not."""
    digits = re.match(r"\d{1,5}", number)
    best = [named.pk for named in names if named.score > 0.8][:3]
    return _rows(BESIDE, best, int(digits.group())) if digits and best else []


def numbers_in(written: Written) -> list[str]:
    """Return the house numbers that may be meant: a number behind a compound may be the building's."""
    given = [written.number, written.number.partition("附")[0], written.number.partition("-")[0]]
    return sorted({number for number in (*given, written.building) if number})


def blocks_in(written: Written) -> list[str]:
    """Return the numbers in a compound that may be meant: 海棠苑3号, and 海棠苑3楼 in everyday speech."""
    floor = str(written.floor) if written.floor and not written.room and not written.building else ""
    return sorted({block for block in (written.building, written.number, floor) if block})


def _rows(statement: str, *values: Any) -> list[House]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [House(*row) for row in cursor.fetchall()]
