"""Which doors change their grid between two divisions, by building and by grid."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shige.division import Piece


@dataclass(frozen=True, slots=True)
class Move:
    """Households of one building that go from one grid of the lowest level to another."""

    unit: str
    origin: str
    target: str
    households: int


def moves(before: Iterable[Piece], after: Iterable[Piece]) -> Iterator[Move]:
    """Yield what moves; buildings that are new or gone do not move.

    A building that lies in several grids counts as moved by what its share in each grid loses and gains.
    """
    held, wanted = shares(before), shares(after)
    for unit in sorted(held.keys() & wanted.keys()):
        lost = held[unit] - wanted[unit]
        gained = wanted[unit] - held[unit]
        for origin, target, count in matched(lost, gained):
            yield Move(unit, origin, target, count)


def households_moved(before: Iterable[Piece], after: Iterable[Piece]) -> int:
    """Count the households that change their grid."""
    return sum(move.households for move in moves(before, after))


def shares(pieces: Iterable[Piece]) -> Mapping[str, Counter[str]]:
    """Return the households that each unit has in each leaf grid."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for piece in pieces:
        found[piece.unit][piece.leaf] += piece.households
    return found


def matched(lost: Counter[str], gained: Counter[str]) -> Iterator[tuple[str, str, int]]:
    """Pair what grids lose with what others gain, in the order of their codes."""
    left = dict(sorted(gained.items()))
    for origin, count in sorted(lost.items()):
        for target in list(left):
            taken = min(count, left[target])
            if taken:
                yield origin, target, taken
            count -= taken
            left[target] -= taken


def otherwise_placed(before: Iterable[Piece], after: Iterable[Piece]) -> list[str]:
    """Return the units of both divisions that do not lie in the same leaf grids in both."""
    held, wanted = leaves(before), leaves(after)
    return sorted(unit for unit in held.keys() & wanted.keys() if held[unit] != wanted[unit])


def leaves(pieces: Iterable[Piece]) -> Mapping[str, set[str]]:
    """Return the leaf grids in which each unit lies."""
    found: dict[str, set[str]] = defaultdict(set)
    for piece in pieces:
        found[piece.unit].add(piece.leaf)
    return found
