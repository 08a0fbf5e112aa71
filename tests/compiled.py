"""Compiles the loops of the division, so that processes that test at the same time find them compiled."""

from shapely import box

from shige.division import Unit, divide
from shige.profile.loader import load

METRE = 1e-5  # degrees, roughly


def houses(count: int = 200, in_a_row: int = 20) -> list[Unit]:
    """Return an invented community, large enough to be drawn, improved and cut in every way."""
    corners = [(20 * (number % in_a_row), 20 * (number // in_a_row)) for number in range(count)]
    return [
        Unit(
            f"{number}", "1" * 12, box(x * METRE, y * METRE, (x + 10) * METRE, (y + 10) * METRE), 20, floors=3
        )
        for number, (x, y) in enumerate(corners)
    ]


if __name__ == "__main__":
    divide(houses(), [], load("chengdu"))
