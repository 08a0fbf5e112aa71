"""Put the buildings that names and numbers point to in order: the exact one first."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from shige.language.address import Written
from shige.language.likeness import likeness

from ..shapes import METRES_PER_DEGREE
from .buildings import House, blocks_in, numbers_in
from .names import Named, names_as_written

SURE: Final = 1.8
"""What a name that is spelled rightly and a number that fits come to, less a slip of the ear."""

CLEAR: Final = 0.25
"""How far the first must be ahead of the second to be meant beyond doubt."""

NEAR_METRES: Final = 1000.0

CALLED: Final = 0.55
"""How alike the name of a building in a compound must be to be meant."""

ELSEWHERE: Final = 0.5
"""What a building loses that lies in another compound than the one that was written out."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A building that may be meant, by the address that fits best.

    ``sure`` says that no other is meant, ``bears`` that it has the number that was written, in the compound
    or on the street that was written.
    """

    house: House
    sure: bool
    bears: bool


def rated(
    written: Written,
    names: Iterable[Named],
    houses: Iterable[House],
    near: tuple[float, float] | None,
    street: int | None,
) -> list[Rated]:
    """Return each building once, the likeliest first."""
    by_key = {named.pk: named for named in names}
    meant = names_as_written(by_key.values())
    lines: dict[int, list[House]] = defaultdict(list)
    for house in houses:
        if street is None or house.street == street:
            lines[house.pk].append(house)
    scored = [(_score(written, by_key, rows, near, meant), _best(rows, meant)) for rows in lines.values()]
    scored.sort(
        key=lambda pair: (-pair[0], len(pair[1].address), len(pair[1].block), pair[1].block, pair[1].pk)
    )
    first, second = (scored[i][0] if i < len(scored) else -1.0 for i in (0, 1))
    sure = first >= SURE and first - second >= CLEAR
    return [
        Rated(house, sure and place == 0, any(_bears(written, row, meant) for row in lines[house.pk]))
        for place, (_, house) in enumerate(scored)
    ]


def _best(rows: list[House], meant: Collection[int]) -> House:
    return next((row for row in rows if row.name in meant), rows[0])


def _bears(written: Written, row: House, meant: Collection[int]) -> bool:
    """Say whether a building has the number that was written, by one of its addresses.

    Where a compound is written out (``meant``), another one's 5栋 has not, nor has a street's number that was
    said of the compound.
    """
    if meant and row.name not in meant and (row.number != written.number or not written.number):
        return False
    if written.building and row.block and (written.number or meant):
        return row.block == written.building
    return row.block in blocks_in(written) or row.number in numbers_in(written)


def _score(
    written: Written,
    names: dict[int, Named],
    rows: list[House],
    near: tuple[float, float] | None,
    meant: Collection[int],
) -> float:
    """Return how well a building fits: its best name for each piece, the numbers, the nearness."""
    pieces: dict[int, float] = {}
    for row in rows:
        named = names.get(row.name)
        if named is not None:
            fits = named.score + _numbers(written, row, named)
            pieces[named.piece] = max(pieces.get(named.piece, -9.0), fits)
    best, *others = sorted(pieces.values(), reverse=True) or [0.0]
    away = ELSEWHERE if meant and not any(row.name in meant for row in rows) else 0.0
    return best + 0.5 * sum(max(other, 0.0) for other in others) + _nearness(rows[0], near) - away


def _numbers(written: Written, row: House, named: Named) -> float:
    """Return what the numbers of one address say for or against it."""
    if named.kind == "compound":
        return max(_called(written, row, named), _block(written, row))
    given = written.number or written.building
    if not given:
        return 0.0
    fits = 1.0 if row.number == given else 0.7 if row.number in numbers_in(written) else -0.5
    if written.number and written.building:
        fits += 0.6 if row.block == written.building else -0.3
    return fits


def _called(written: Written, row: House, named: Named) -> float:
    """Return how well what was said beyond a compound's name is what a building in it is called."""
    if len(named.rest) < 2 or not row.block:
        return -1.0
    whole = f"{named.rest}{written.number}号" if written.number else named.rest
    if row.block == whole:
        return 1.4
    alike = likeness(named.rest, row.block)
    return alike if alike >= CALLED else -0.4


def _block(written: Written, row: House) -> float:
    given = written.building or written.number
    if written.building and written.number:
        return (1.0 if row.block == written.building else -0.5) + (
            0.3 if row.number == written.number else 0.0
        )
    if not given:
        return 0.4 if written.floor and row.block == str(written.floor) and not written.room else 0.0
    if given in (row.block, row.number):
        return 1.0 if given == row.block or not row.block else 0.8
    return -0.5


def _nearness(house: House, near: tuple[float, float] | None) -> float:
    """Return up to 0.2 for a building near to where somebody stands: less than one slip costs."""
    if near is None:
        return 0.0
    east = (house.lon - near[0]) * math.cos(math.radians(near[1]))
    metres = math.hypot(east, house.lat - near[1]) * METRES_PER_DEGREE
    return 0.2 * max(0.0, 1 - metres / NEAR_METRES)
