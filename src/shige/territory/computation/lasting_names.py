"""Names stay with codes: a grid that lives keeps its name, and a new one bears none that another has (R5)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from shige.division import Division

LONGEST: Final = 80
_LAST_NUMBER: Final = re.compile(r"(\d+)(?=\D*$)")


def with_lasting_names(division: Division, names: Mapping[str, str]) -> Division:
    """Return a division whose grids bear the names that their codes have; new names are borne by no other."""
    taken = set(names.values())
    grids = []
    for grid in division.grids:
        name = names.get(grid.code) or _free(grid.name[:LONGEST], taken)
        taken.add(name)
        grids.append(replace(grid, name=name))
    return replace(division, grids=tuple(grids))


def _free(name: str, taken: set[str]) -> str:
    """Count the last number of a name up, or begin to count, until nobody bears it."""
    while name in taken:
        counted = _LAST_NUMBER.sub(lambda found: str(int(found[1]) + 1), name, count=1)
        name = counted if counted != name else f"{name}2"
    return name
