"""The register of buildings: numbers every door on its road and settles how many floors stand (R2, R3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from shige.sample.plan import Unit
from shige.sample.terrain import Line

METRES_A_NUMBER = 6
LIFT_ABOVE = 7
HALVINGS = 12
PLAIN = {
    "compound": None, "households": 0, "shops": 0, "floors": 1, "entrances": 1, "lift": False,
    "manager": None, "group": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnfinishedBuilding:
    """A residential building whose floors are still to be chosen; `height` in [0, 1] ranks it."""

    unit: Unit
    flats: int
    height: float
    floors: tuple[int, int]

    def at(self, lift: float) -> Unit:
        """Return the building with its floors raised by `lift` of its pattern's range."""
        low, high = self.floors
        floors = low + round((high - low) * min(1.0, max(0.0, self.height + lift)))
        homes = self.unit.entrances * self.flats * (floors - (1 if self.unit.shops else 0))
        return replace(self.unit, floors=floors, lift=floors > LIFT_ABOVE, households=homes)


class Doors:
    """All buildings so far, and the house numbers that are taken."""

    def __init__(self, streets: list[Line]) -> None:
        self._streets = streets
        self._units: list[Unit] = []
        self._drafts: list[UnfinishedBuilding] = []
        self._numbers: set[tuple[str, int]] = set()

    def add(self, community: str, shape: Polygon, address: str, use: str, **columns: Any) -> None:
        """Enter a building as it is."""
        unit = self._unit(community, shape, address, use, columns)
        self._units.append(replace(unit, lift=unit.floors > LIFT_ABOVE))

    def draft(
        self, community: str, shape: Polygon, address: str, pattern: Mapping[str, Any],
        flats: int, height: float, **columns: Any,
    ) -> None:  # fmt: skip
        """Enter a residential building whose floors `settled` will choose from its pattern."""
        unit = self._unit(community, shape, address, "residential", columns)
        self._drafts.append(UnfinishedBuilding(unit, flats, height, tuple(pattern["floors"])))

    def address(self, shape: BaseGeometry, doors: int) -> tuple[str, int]:
        """Return the nearest road and the first of `doors` free numbers on the shape's side of it."""
        at = shape.centroid
        road = min(self._streets, key=lambda street: street.shape.distance(shape))
        along = road.shape.project(at)
        here, ahead = road.shape.interpolate(along), road.shape.interpolate(along + 1)
        left = (ahead.x - here.x) * (at.y - here.y) - (ahead.y - here.y) * (at.x - here.x) > 0
        number = 2 * int(along / METRES_A_NUMBER) + (1 if left else 2)
        while any((road.name, number + 2 * door) in self._numbers for door in range(doors)):
            number += 2
        self._numbers |= {(road.name, number + 2 * door) for door in range(doors)}
        return road.name, number

    def settled(self, households: Mapping[str, int]) -> list[Unit]:
        """Choose floors so that each community comes near its households, and return every building."""
        settled = list(self._units)
        for community, wanted in households.items():
            drafts = [draft for draft in self._drafts if draft.unit.community == community]
            low, high = -1.0, 1.0
            for _ in range(HALVINGS):
                lift = (low + high) / 2
                homes = sum(draft.at(lift).households for draft in drafts)
                low, high = (lift, high) if homes < wanted else (low, lift)
            settled += [draft.at(low) for draft in drafts]
        return sorted(settled, key=lambda unit: unit.id)

    def _unit(self, community: str, shape: Polygon, address: str, use: str, columns: dict[str, Any]) -> Unit:
        serial = len(self._units) + len(self._drafts) + 1
        fixed = {"id": f"YL{serial:05d}", "community": community, "address": address, "use": use}
        rural = community[9] >= "2"  # villages are numbered from 200
        return Unit(**{**PLAIN, **fixed, **columns}, rural=rural, shape=shape)
