"""Compounds that lie in several communities, each of which divides its own part (R1, R45)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .rules import violation
from .units import Unit, Violation

_NEAR = 0.003  # degrees, some 300 m; farther apart, two compounds have one name


def shared_compounds(members: Mapping[str, Sequence[Unit]]) -> dict[str, list[Violation]]:
    """Remark on each part of a compound whose parts lie in several communities, near each other.

    Returns
    -------
    By community; the `grid` is "" as yet, the value counts the communities.
    """
    parts: dict[str, dict[str, list[Unit]]] = defaultdict(lambda: defaultdict(list))
    for code in sorted(members):
        for unit in members[code]:
            if unit.compound:
                parts[unit.compound][code].append(unit)
    remarks: dict[str, list[Violation]] = defaultdict(list)
    for name, by_code in sorted(parts.items()):
        for code, beside in _neighbours(by_code) if len(by_code) > 1 else ():
            held = {one: sum(unit.households for unit in by_code[one]) for one in beside}
            said: dict[str, str | int | float] = {
                "compound": name,
                "communities": ", ".join(held),
                "parts": " + ".join(map(str, held.values())),
                "total": sum(held.values()),
            }
            remarks[code].append(violation("", "shared", len(held), 1, "compound_shared", **said))
    return remarks


def _neighbours(by_code: Mapping[str, Sequence[Unit]]) -> Iterator[tuple[str, list[str]]]:
    """Each community with a part of a compound, and those with parts near to it, itself included."""
    boxes = {code: _box(units) for code, units in by_code.items()}
    for code, box in boxes.items():
        beside = [other for other, there in boxes.items() if there.distance(box) < _NEAR]
        if len(beside) > 1:
            yield code, beside


def _box(units: Sequence[Unit]) -> BaseGeometry:
    shapes = np.array([unit.geometry for unit in units], dtype=object)
    return shapely.box(*shapely.total_bounds(shapes))
