"""Show on the map why a rule cannot be kept, with the numbers from which it follows (R6).

Buildings are taken whole here, as a planner sees them; where one that could be taken apart by entrances or
floors comes into a proof, nothing is claimed. Nor is anything where looking would take long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shige.division.rules import Details, divisible, summed
from shige.division.site import Site
from shige.profile.grids import Bounds

Found = tuple[str, Details]
"""A cause, without what it is the cause of, and its details."""

_STEPS = 3000  # sets of neighbours that are looked at
_FEW = 10  # buildings of a block whose every division is looked at


class Evidence:
    """What buildings of one community hold, and which are neighbours without a barrier between them."""

    def __init__(self, site: Site, size: NDArray[np.int64], most: int) -> None:
        """Take the doors or households (n,) of each unit, and the doors above which one is taken apart."""
        self.site = site
        self.size = size
        self._most = most

    @cached_property
    def near(self) -> list[set[int]]:
        """Neighbours of each unit on its side of every barrier."""
        near: list[set[int]] = [set() for _ in self.site.units]
        for one, other in self.site.edges[self.site.crosses < 0].tolist():
            near[one].add(other)
            near[other].add(one)
        return near

    @cached_property
    def loose(self) -> frozenset[int]:
        """Units that a division may take apart."""
        units = enumerate(self.site.units)
        return frozenset(k for k, u in units if u.doors > self._most and u.entrances * u.floors > 1)

    def held(self, units: Collection[int]) -> int:
        """Size of some units together."""
        return int(self.size[list(units)].sum())

    def name(self, units: Collection[int]) -> str:
        """Id of the first of some units."""
        return self.site.units[min(units)].id

    def parts(self, units: Collection[int]) -> list[list[int]]:
        """Units that hang together among themselves, part by part."""
        left, found = set(units), []
        while left:
            part = [min(left)]
            left.discard(part[0])
            for unit in part:  # grows while it is read
                fresh = self.near[unit] & left
                left -= fresh
                part += sorted(fresh)
            found.append(sorted(part))
        return found

    def block(self, unit: int) -> list[int]:
        """What lies on one side of every barrier with a unit."""
        return np.flatnonzero(self.site.block == self.site.block[unit]).tolist()

    def around(self, units: Sequence[int]) -> str:
        """Classes of the barriers between some units and their neighbours."""
        inside = np.isin(self.site.edges, units)
        crossed = self.site.crosses[(inside[:, 0] != inside[:, 1]) & (self.site.crosses >= 0)]
        return ", ".join(sorted({self.site.barriers[k].kind for k in crossed}))

    def reach(self, start: Collection[int], bounds: Bounds, out: Collection[int] = ()) -> Details | None:
        """Most below the bounds and least above that sets of neighbours with all of `start` come to.

        None where a set lies within the bounds, or where it takes too long to know. `more` is 0 where no set
        lies above. Units of `out` are left out.
        """
        first = self._with_empty(frozenset(start), out)
        waiting, seen, less, more = [first], {first}, 0, 0
        while waiting:
            held = waiting.pop()
            total = self.held(held)
            if bounds.low <= total <= bounds.high or len(seen) > _STEPS or held & self.loose:
                return None
            if total > bounds.high:
                more = min(more or total, total)
                continue
            less = max(less, total)
            for other in self._beside(held, out):
                grown = self._with_empty(held | {other}, out)
                if grown not in seen:
                    seen.add(grown)
                    waiting.append(grown)
        return {"less": less, "more": more}

    def _beside(self, held: frozenset[int], out: Collection[int]) -> set[int]:
        return {other for unit in held for other in self.near[unit]} - held - set(out)

    def _with_empty(self, held: frozenset[int], out: Collection[int]) -> frozenset[int]:
        """Add neighbours without a door, which change nothing."""
        while empty := {k for k in self._beside(held, out) if self.size[k] == 0}:
            held |= empty
        return held


def why_out_of_bounds(evidence: Evidence, members: Sequence[int], value: int, bounds: Bounds) -> Found | None:
    """Why a grid of these units is out of bounds; None where that is not proved."""
    for block in _blocks(evidence, members):
        total = evidence.held(block)
        where: Details = {
            "unit": evidence.name(set(block) & set(members)),
            "barriers": evidence.around(block),
        }
        if value < bounds.low and total < bounds.low:
            return "block_small", {**where, "total": total}
        if not divisible(total, bounds) and total > bounds.high:
            return "block_sum", {**where, **summed(total, bounds)}
    for unit in members:
        told = evidence.reach([unit], bounds)
        if told:
            return "hemmed", {"unit": evidence.name([unit]), **told}
    for block in _blocks(evidence, members):
        if impossible(evidence, block, bounds):
            counts = ", ".join(str(evidence.size[k]) for k in block if evidence.size[k])
            return "block_parted", {"unit": evidence.name(set(block) & set(members)), "counts": counts}
    return None


def why_across(evidence: Evidence, members: Sequence[int], sides: int, bounds: Bounds) -> Found | None:
    """Why a grid of these units lies on several sides of barriers; None where all but one are not forced to.

    Parameters
    ----------
    sides
        How many parts the grid is in.
    """
    parts = evidence.parts(members)
    forced = [found for found in (_forced(evidence, part, bounds) for part in parts) if found]
    return forced[0] if len(parts) == sides and len(forced) >= sides - 1 else None


def _forced(evidence: Evidence, part: Sequence[int], bounds: Bounds) -> Found | None:
    """Why a part cannot belong to a grid on its own side of the barriers."""
    block = evidence.block(part[0])
    total = evidence.held(block)
    where: Details = {"unit": evidence.name(part)}
    if total < bounds.low:
        return "side_small", {**where, "total": total}
    if not divisible(total, bounds):
        return "side_sum", {**where, **summed(total, bounds)}
    for unit in part:
        told = evidence.reach([unit], bounds)
        if told:
            return "side_hemmed", {"unit": evidence.name([unit]), **told}
    return None


def _blocks(evidence: Evidence, members: Sequence[int]) -> Iterator[list[int]]:
    """The blocks that a grid lies in."""
    for number in np.unique(evidence.site.block[list(members)]):
        yield np.flatnonzero(evidence.site.block == number).tolist()


def impossible(evidence: Evidence, block: Sequence[int], bounds: Bounds) -> bool:
    """Whether no division of a few units into parts that hang together is within the bounds."""
    if len(block) > _FEW or evidence.loose & set(block):
        return False
    whole = (1 << len(block)) - 1
    fits = [mask for mask in range(1, whole + 1) if _fits(evidence, _chosen(block, mask), bounds)]
    made = {0}
    for mask in fits:  # in the order of their highest unit, so one pass reaches every union
        made |= {mask | other for other in made if not mask & other}
    return whole not in made


def _chosen(block: Sequence[int], mask: int) -> list[int]:
    return [unit for place, unit in enumerate(block) if mask >> place & 1]


def _fits(evidence: Evidence, units: list[int], bounds: Bounds) -> bool:
    return bounds.low <= evidence.held(units) <= bounds.high and len(evidence.parts(units)) == 1
