"""Load what judges a move by hand before the first is asked for: its compiled loops take a second to load."""

import threading
from dataclasses import replace
from functools import cache

from shapely import box

from shige import division
from shige.division import Piece, Unit

from ..shapes import METRES_PER_DEGREE
from .settings import rules_for, usual_settings

COMMUNITY = "1" * 12
SIDE = 12 / METRES_PER_DEGREE


@cache
def warm() -> None:
    """Judge an invented row of houses beside the request at hand, once for each process."""
    threading.Thread(target=judge_a_row, name="warm", daemon=True).start()


def judge_a_row(count: int = 6) -> None:
    """Judge houses in two micro-grids without drawing them, as a check of a move does."""
    house = Unit("", COMMUNITY, box(0, 0, SIDE, SIDE), households=20, floors=3)
    units = [
        replace(house, id=f"{number}", geometry=box(2 * number * SIDE, 0, (2 * number + 1) * SIDE, SIDE))
        for number in range(count)
    ]
    codes = (f"{COMMUNITY}000001", f"{COMMUNITY}100002")
    pieces = [
        Piece(unit.id, "", 20, 0, *codes, f"{COMMUNITY}20000{3 + number % 2}", "")
        for number, unit in enumerate(units)
    ]
    division.assess(units, [], pieces, rules_for(usual_settings()), polygons=False)
