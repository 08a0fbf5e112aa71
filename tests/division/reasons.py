"""Checks the stated reasons for broken rules on the map by itself, sharing no code with what stated them.

A proof is looked for again from the files alone: buildings, barriers, grids. What only says that nothing was
found proves nothing, and may not be called proved.
"""

from collections import Counter, defaultdict

import numpy as np
import shapely
from scipy.spatial import Delaunay
from shapely.geometry import shape

BOUNDS = {"micro_doors": (30, 100), "general_households": (300, 500)}
UNCROSSED = ("river", "rail", "motorway", "trunk", "primary")
FOUND = {
    "size_found", "across_found", "scattered", "scattered_home", "long_round", "compound_scattered",
    "compound_found", "mixed_found",
}  # fmt: skip


def unproved(files, barriers):
    """Say which reasons do not hold; `files` as the checker reads them, barriers as GeoJSON features."""
    lines = [shape(b["geometry"]) for b in barriers if b["properties"]["class"] in UNCROSSED]
    towns = {}
    for said in files.report["violations"]:
        if said["proved"] == (said["cause"] in FOUND):
            yield f"{said['grid']}: {said['cause']} is called {'' if said['proved'] else 'not '}proved"
        code = said["grid"][:12]
        if code not in towns:
            towns[code] = Town(files, code, lines)
        check = CHECKS.get(said["cause"])
        if check and not check(towns[code], said, said["details"]):
            yield f"{said['grid']}: {said['why']} - is not so"


class Town:
    """The buildings of one community outside exclusive grids."""

    def __init__(self, files, code, lines):
        self.files = files
        own = {name: unit for name, unit in files.units.items() if unit["community"] == code}
        self.units = {name: unit for name, unit in own.items() if not self._managed(unit)}
        self.near = {name: set() for name in self.units}
        names = list(self.units)
        at = np.array([files.outlines[name].representative_point().coords[0] for name in names]).reshape(
            -1, 2
        )
        for one, other in _triangles(at):
            if not any(line.intersects(shapely.LineString(at[[one, other]])) for line in lines):
                self.near[names[one]].add(names[other])
                self.near[names[other]].add(names[one])

    @staticmethod
    def _managed(unit):
        return unit["use"] in ("office", "market", "park", "campus") and bool(unit.get("manager"))

    def size(self, name, level):
        unit = self.units[name]
        return (unit.get("households") or 0) + (level == "2") * (unit.get("shops") or 0)

    def total(self, names, level):
        return sum(self.size(name, level) for name in names)

    def loose(self, name):
        unit = self.units[name]
        return self.size(name, "2") > 100 and (unit.get("entrances") or 1) * (unit.get("floors") or 1) > 1

    def hanging(self, names):
        """Parts that hang together without a barrier between, as sets."""
        left, parts = set(names), []
        while left:
            part, waiting = set(), [left.pop()]
            while waiting:
                name = waiting.pop()
                part.add(name)
                waiting += self.near[name] & left
                left -= self.near[name]
            parts.append(part)
        return parts

    def side(self, name):
        return next(part for part in self.hanging(self.units) if name in part)

    def walls(self):
        """Units of each compound."""
        found = defaultdict(set)
        for name, unit in self.units.items():
            if unit.get("compound"):
                found[unit["compound"]].add(name)
        return found

    def members(self, grid):
        level = {"1": "general", "2": "micro"}[grid[12]]
        return {row["unit"] for row in self.files.rows if row[level] == grid}

    def in_bounds(self, start, level, without=()):
        """Whether some set of neighbours with all of `start` lies in the bounds: every set is tried."""
        low, high = BOUNDS["micro_doors" if level == "2" else "general_households"]
        seen, waiting = set(), [frozenset(start)]
        while waiting:
            held = waiting.pop()
            total = self.total(held, level)
            if low <= total <= high or any(self.loose(name) for name in held) or len(seen) > 100_000:
                return True  # or not known
            if total > high or held in seen:
                continue
            seen.add(held)
            beside = {other for name in held for other in self.near[name]} - held - set(without)
            waiting += [held | {other} for other in beside]
        return False


def _triangles(at):
    if len(at) < 4:
        return {(a, b) for a in range(len(at)) for b in range(a)}
    metres = (at - at.mean(axis=0)) * 111_300.0 * (np.cos(np.radians(at[:, 1].mean())), 1.0)
    corners = Delaunay(metres, qhull_options="QJ Pp").simplices
    return {tuple(sorted(pair)) for a, b, c in corners.tolist() for pair in ((a, b), (b, c), (a, c))}


def sums(total, low, high):
    """Whether a total is a sum of numbers from low to high, by trying how many."""
    return any(count * low <= total <= count * high for count in range(1, total // low + 1))


def _limits(said):
    return BOUNDS["micro_doors" if said["grid"][12] == "2" else "general_households"]


def _community(town, said, told):
    total = town.total(town.units, said["grid"][12])
    return total == told["total"] and not sums(total, *_limits(said))


def _one_floor(town, said, told):
    unit = town.units[told["unit"]]
    cells = (unit.get("entrances") or 1) * (unit.get("floors") or 1)
    most = -(-(unit.get("households") or 0) // cells)
    if said["grid"][12] == "2":
        most += -(-(unit.get("shops") or 0) // (unit.get("entrances") or 1))
    return told["doors"] <= most and told["doors"] > _limits(said)[1]


def _group(town, said, told):
    general = town.files.grids[town.files.grids[said["grid"]]["parent"]]
    return general["households"] + general["shops"] == told["total"] < 30


def _side(town, said, told):
    total = town.total(town.side(told["unit"]), said["grid"][12])
    mine = told["unit"] in town.members(said["grid"])
    return mine and total == told["total"] and not sums(total, *_limits(said))


def _hemmed(town, said, told):
    mine = told["unit"] in town.members(said["grid"])
    return mine and not town.in_bounds([told["unit"]], said["grid"][12])


def _parted(town, said, told):
    side, level = town.side(told["unit"]), said["grid"][12]
    counts = sorted(town.size(name, level) for name in side)
    same = sorted(int(count) for count in told["counts"].split(", ")) == [count for count in counts if count]
    return same and not _partition(town, frozenset(side), level, _limits(said))


def _partition(town, left, level, limits):
    """Whether what is left can be parted, the grid of its first building taken in every way."""
    if not left:
        return True
    first = min(left)
    seen, waiting = set(), [frozenset([first])]
    while waiting:
        held = waiting.pop()
        total = town.total(held, level)
        if held in seen or total > limits[1]:
            continue
        seen.add(held)
        if total >= limits[0] and _partition(town, left - held, level, limits):
            return True
        waiting += [held | {other} for name in held for other in town.near[name] & left - held]
    return False


def _compound_parted(town, said, told):
    parts = town.hanging(town.walls()[told["compound"]])
    sides = {frozenset(town.side(min(part))) for part in parts}
    counts = " + ".join(str(n) for n in sorted((town.total(p, "2") for p in parts), reverse=True))
    return len(sides) == len(parts) == said["value"] and counts == told["parts"]


def _compound_encloses(town, said, told):
    own = town.walls()[told["compound"]]
    rest = town.hanging(town.side(min(own)) - own)
    left = sum(total for part in rest if (total := town.total(part, "2")) < 30)
    return left == told["enclosed"] and town.total(own, "2") + left == told["total"] > 100


def _compound_hemmed(town, said, told):
    own = town.walls()[told["compound"]]
    return len(town.hanging(own)) == 1 and not town.in_bounds(own, "2")


def _mixed(town, said, told):
    walls = town.walls()
    walled = {name for name, units in walls.items() if town.total(units, "2") >= 30}
    others = {unit for name in walled - {told["compound"]} for unit in walls[name]}
    here = walls[told["compound"]] & town.members(said["grid"])
    return any(not town.in_bounds([unit], "2", others) for unit in here)


def _scattered(town, said, told):
    parts = shapely.get_parts(town.files.shapes[said["grid"]])
    level = {"1": "general", "2": "micro"}[said["grid"][12]]
    held = Counter()
    for row in town.files.rows:
        if row[level] == said["grid"]:
            door = town.files.outlines[row["unit"]].representative_point()
            part = next(k for k, ground in enumerate(parts) if ground.contains(door))
            held[part] += int(row["households"]) + (level == "micro") * int(row["shops"])
    counts = sorted((held[k] for k in range(len(parts))), reverse=True)
    return told["parts"] == " + ".join(map(str, counts))


def _scattered_home(town, said, told):
    grids = town.files.grids.items()
    code = next(k for k, grid in grids if grid["level"] == "community" and k[:12] == said["grid"][:12])
    homes = shapely.get_parts(town.files.shapes[code])
    ground = shapely.get_parts(town.files.shapes[said["grid"]])
    touched = [home for home in homes if shapely.intersects(home, shapely.point_on_surface(ground)).any()]
    return len(homes) == told["home"] and len(touched) == len(ground) == told["pieces"]


def _long(town, said, told):
    grid = town.files.grids[said["grid"]]
    return grid["households"] + grid["shops"] == told["doors"] < 60


CHECKS = {
    "community_small": _community, "community_sum": _community, "one_floor": _one_floor,
    "group_small": _group, "block_small": _side, "block_sum": _side, "side_small": _side, "side_sum": _side,
    "hemmed": _hemmed, "side_hemmed": _hemmed, "block_parted": _parted, "compound_parted": _compound_parted,
    "compound_encloses": _compound_encloses, "compound_hemmed": _compound_hemmed, "mixed_small": _mixed,
    "mixed_hemmed": _mixed, "scattered": _scattered, "scattered_home": _scattered_home,
    "long_round_small": _long,
}  # fmt: skip
