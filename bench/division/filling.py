"""How long a whole division with polygons takes, from buildings to files, on two processes."""

from __future__ import annotations

import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from shige.division import divide
from shige.division.output import write_division
from shige.profile.grids import GridRules

from .districts import district
from .ours import STREETS
from .towns import barriers_of, units_of

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class _Rules:
    grids: GridRules


def lines(communities: int) -> Iterator[str]:
    """Divide a generated city, roads and rivers given, areas not, and write it."""
    place = district(1, communities)
    units, barriers = units_of(place), barriers_of(place)
    yield f"{len(place.households)} atoms in {len(units)} buildings, {len(barriers)} roads and rivers"
    began, spent = time.perf_counter(), _cpu()
    found = divide(units, barriers, _Rules(STREETS), jobs=PROCESSES)
    drawn = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        write_division(found, Path(folder) / "city")
    took, cpu = time.perf_counter() - began, _cpu() - spent
    peak = max(resource.getrusage(who).ru_maxrss for who in _WHO) / 1024
    pieces = shapely.get_num_geometries(np.array([grid.geometry for grid in found.grids], dtype=object))
    apart = Counter(grid.level for grid, count in zip(found.grids, pieces, strict=True) if count > 1)
    yield (
        f"{took:.0f} s with {PROCESSES} processes ({drawn:.0f} s until it is drawn, the rest writes it), "
        f"{cpu:.0f} CPU s, peak {peak:.0f} MB; {len(found.grids)} grids, in several parts: {dict(apart)}"
    )


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _cpu() -> float:
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _WHO))
