"""Take a building's stored address apart into the ways in which people may name the building."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from shige.language.address import Written, read_address
from shige.language.spelling import plain

LONGEST_ROW: Final = 60
"""House numbers that one row of shops may have."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way to name a building; ``name`` is empty where it is the compound's own."""

    name: str
    number: str
    block: str


def lines_of(address: str, compound: str) -> list[Line]:
    """Return the ways to name the building of an address: on its street, and in its compound."""
    before, inside = _parted(plain(address), plain(compound))
    street, house = read_address(before), read_address(inside)
    number = street.number or house.number
    block = house.building or street.building or _words_of(inside, house)
    lines = [Line("", number, block)] if compound else []
    for name in street.names:
        lines += [Line(name, one, block) for one in numbers_of(number)]
    return lines


def sign_of(address: str, compound: str) -> str:
    """Return what stands on a building's own sign: its number in the compound, or on its street."""
    line = next(iter(lines_of(address, compound)), None)
    if line is None:
        return ""
    return line.block.upper() if compound and line.block else line.number


def numbers_of(number: str) -> Iterator[str]:
    """Yield the numbers that one stands for: itself, those of a row of shops, that of an annex's house."""
    yield number
    if "附" in number:
        yield number.partition("附")[0]
    low, dash, high = number.partition("-")
    if dash and low.isdigit() and high.isdigit():
        first, last = int(low), int(high)
        step = 2 if (last - first) % 2 == 0 else 1
        if first < last <= first + LONGEST_ROW:
            yield from map(str, range(first, last + 1, step))
        else:
            yield low


def _parted(address: str, compound: str) -> tuple[str, str]:
    """Return what stands before a compound's name, and what stands behind it."""
    for name in (compound, compound.removesuffix("院")):
        if name and name in address:
            before, _, inside = address.rpartition(name)
            own = name if not before and read_address(name).number else ""  # 东风路307号院 tells its street
            return before or own, inside
    return address, ""


def _words_of(inside: str, read: Written) -> str:
    """Return what a building in a compound is called that has no number: 教学楼, 教学楼2号."""
    return inside.replace(" ", "")[:40] if read.names else read.number
