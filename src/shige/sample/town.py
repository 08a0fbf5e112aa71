"""Builds the plan of the fictional street, block by block, with something to show for each of R1-R4."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from shige.sample import buildings, village
from shige.sample.doors import Doors
from shige.sample.plan import Area, Barrier, Division, DrawnGround, Plan
from shige.sample.terrain import BANK, Terrain, lay_out

METRES_A_DEGREE = 111_320.0
SMALLEST = 400.0  # m², below which a lot is a green
ROOMY = 2500.0  # m², above which a lot can hold a landmark
BUSY = ("primary", "secondary", "tertiary")
WHOLE = ("park", "campus", "school", "works")
TRACK = {"campus": 62.0, "school": 44.0}
FACILITIES = {
    "campus": ["教学楼", "图书馆", "实验楼", "行政楼", "学生公寓", "食堂", "体育馆", "艺术楼", "科研楼"],
    "school": ["教学楼", "综合楼", "食堂", "办公楼", "体育馆", "实验楼"],
    "works": ["创意楼", "展示中心", "设计楼", "制作楼", "服务楼"],
}


@dataclass(frozen=True, slots=True)
class Lot:
    """A walled piece of a block; `site` is what of note stands there."""

    shape: Polygon
    kind: str
    community: str
    site: dict[str, Any] | None


def make_plan(seed: int) -> Plan:
    """Make the fictional street's plan; the same seed gives the same plan.

    Five communities, one of them rural, about 9,000 households. Coordinates are WGS-84 to 7 decimals.
    """
    town = tomllib.loads(files("shige.sample").joinpath("town.toml").read_text("utf-8"))
    return _Builder(town, np.random.default_rng(seed)).plan()


class _Builder:
    """Holds what is built so far; every method adds to it."""

    def __init__(self, town: dict[str, Any], rng: np.random.Generator) -> None:
        self.town, self.rng = town, rng
        self.terrain: Terrain = lay_out(town, rng)
        streets = [line for line in self.terrain.lines if line.kind != "river"]
        self.busy = shapely.union_all([s.shape.buffer(s.width / 2 + 5) for s in streets if s.kind in BUSY])
        self.doors = Doors(streets)
        self.base: list[DrawnGround] = []
        self.names = {
            (community, kind): iter(names)
            for community, kinds in town["compounds"].items()
            for kind, names in kinds.items()
        }

    def plan(self) -> Plan:
        """Build everything, then lay it on the globe."""
        terrain, town = self.terrain, self.town
        self.base.append(DrawnGround("water", town["river"]["name"], terrain.water))
        self.base += [DrawnGround("park", "", bank) for bank in terrain.banks]
        for block in sorted(terrain.blocks, key=lambda block: (-block.centroid.y, block.centroid.x)):
            for lot in self._lots(block):
                self._fill(lot)
        self._village()
        place = _globe(town["origin"])
        roads = [Barrier(line.name, line.kind, line.width, line.shape) for line in terrain.lines]
        areas = [
            Area(c["code"], c["name"], c["kind"], terrain.communities[c["code"]]) for c in town["communities"]
        ]
        names = [*town["divisions"], *((area.community, area.name) for area in areas)]
        wanted = {c["code"]: c["households"] for c in town["communities"] if c["kind"] == "urban"}
        units = self.doors.settled(wanted)
        return Plan(
            tuple(Division(*name) for name in names),
            tuple(replace(area, shape=place(area.shape)) for area in areas),
            tuple(replace(unit, shape=place(unit.shape)) for unit in units),
            tuple(replace(road, shape=place(road.shape)) for road in roads),
            tuple(replace(ground, shape=_sound(place(ground.shape))) for ground in self.base if ground.shape),
        )

    def _lots(self, block: Polygon) -> Iterator[Lot]:
        inside = block.representative_point()
        community = next(code for code, shape in self.terrain.communities.items() if shape.contains(inside))
        sites = [site for site in self.town["sites"] if block.contains(self.terrain.bend.point(site["at"]))]
        if any(site["kind"] in WHOLE for site in sites):
            yield Lot(block, sites[0]["kind"], community, sites[0])
            return
        kind = next((z["kind"] for z in self.town["zones"] if self._holds(block, z["at"])), "slab")
        ground = block.difference(self._shops(block, community))
        pieces = shapely.get_parts(ground.buffer(-2).buffer(2, join_style="mitre"))
        largest = self.town["patterns"][kind]["lot"]
        shapes = [lot for piece in pieces for lot in buildings.lots(piece, largest, self.rng)]
        placed = {self._nearest(shapes, site["at"]): site for site in sites}
        for order, shape in enumerate(shapes):
            site = placed.get(order)
            yield Lot(shape, site["kind"] if site else kind, community, site)

    def _nearest(self, shapes: list[Polygon], drawn: list[float]) -> int:
        """Return which shape with room for a landmark lies nearest to a drawn point."""
        point = self.terrain.bend.point(drawn)
        roomy = [order for order, shape in enumerate(shapes) if shape.area > ROOMY]
        return min(roomy, key=lambda order: shapes[order].distance(point))

    def _holds(self, shape: Polygon, drawn: list[list[float]]) -> bool:
        return any(shape.contains(self.terrain.bend.point(at)) for at in drawn)

    def _fill(self, lot: Lot) -> None:
        if lot.site is None:
            self._compound(lot)
        elif lot.kind == "park":
            self._park(lot, lot.site)
        elif lot.kind in FACILITIES:
            self._grounds(lot, lot.site)
        else:
            self._landmark(lot, lot.site)

    def _shops(self, block: Polygon, community: str) -> BaseGeometry:
        fronts = buildings.shop_fronts(block, self.busy, self.rng)
        for front in fronts:
            road, number = self.doors.address(front.shape, front.entrances)
            last = number + 2 * (front.entrances - 1)
            floors = int(self.rng.integers(1, 4))
            address = f"{road}{number}-{last}号"
            self.doors.add(community, front.shape, address, "shop", shops=front.entrances, floors=floors)
        return buildings.around(fronts, 7.0)

    def _compound(self, lot: Lot) -> None:
        pattern = self.town["patterns"][lot.kind]
        fill = buildings.courtyard if lot.kind == "court" else buildings.rows
        inside = lot.shape.buffer(-buildings.WALL, join_style="mitre")
        built = fill(inside, pattern, self.rng) if inside.area > SMALLEST else []
        if not built:
            self.base.append(DrawnGround("park", "", lot.shape.buffer(-2)))
            return
        road, number = self.doors.address(lot.shape, 1)
        name = next(self.names[lot.community, lot.kind], f"{road}{number}号院")
        self.base.append(DrawnGround("compound", name, lot.shape.buffer(-0.6)))
        self.base.append(DrawnGround("green", "", buildings.gardens(inside, built)))
        taste = self.rng.random()
        for order, building in enumerate(built, 1):
            address = f"{road}{number}号" + ("" if name.startswith(road) else name) + f"{order}栋"
            busy = building.shape.distance(self.busy) < 14
            front = busy and lot.kind != "tower" and self.rng.random() < 0.6
            self.doors.draft(
                lot.community, building.shape, address, pattern, building.flats,
                float(0.7 * taste + 0.3 * self.rng.random()), compound=name,
                shops=3 * building.entrances if front else 0, entrances=building.entrances,
            )  # fmt: skip

    def _grounds(self, lot: Lot, site: dict[str, Any]) -> None:
        """A campus, school or works: halls in rows, for pupils beside a running track."""
        name = site["name"]
        ground: BaseGeometry = lot.shape.buffer(-8, join_style="mitre")
        self.base.append(DrawnGround("compound", name, lot.shape.buffer(-0.6)))
        if lot.kind in TRACK:
            track = buildings.running_track(lot.shape, TRACK[lot.kind])
            self.base.append(DrawnGround("pitch", "", track))
            ground = ground.difference(track.buffer(9))
        halls = buildings.rows(ground, self.town["patterns"]["halls"], self.rng)
        road, number = self.doors.address(lot.shape, 1)
        for order, hall in enumerate(halls):
            kinds = FACILITIES[lot.kind]
            again, which = divmod(order, len(kinds))
            title = kinds[which] + (f"{again + 1}号" if again else "")
            self.doors.add(
                lot.community, hall.shape, f"{road}{number}号{name}{title}", "office",
                compound=name, manager=site["manager"], floors=int(self.rng.integers(3, 7)),
            )  # fmt: skip

    def _landmark(self, lot: Lot, site: dict[str, Any]) -> None:
        """A market hall or an office tower in a square of its own."""
        length, depth, floors = (58.0, 40.0, 2) if lot.kind == "market" else (40.0, 34.0, 28)
        body = buildings.block_tower(lot.shape.centroid, buildings.lean(lot.shape), length, depth)
        while not lot.shape.buffer(-3).contains(body):
            body = affinity.scale(body, 0.9, 0.9)
        road, number = self.doors.address(lot.shape, 1)
        self.base.append(DrawnGround("compound", site["name"], lot.shape.buffer(-0.6)))
        self.doors.add(
            lot.community, body, f"{road}{number}号{site['name']}", lot.kind,
            compound=site["name"], manager=site["manager"], floors=floors, entrances=2,
        )  # fmt: skip

    def _park(self, lot: Lot, site: dict[str, Any]) -> None:
        """A park with a lake, a walk around it and three small houses on the walk."""
        name, centre = site["name"], lot.shape.centroid
        turn = np.linspace(0, 2 * math.pi, 60, endpoint=False)
        wave = 1 + 0.16 * np.sin(3 * turn + self.rng.uniform(0, 6)) + 0.1 * np.sin(2 * turn)
        reach = 0.5 * math.sqrt(lot.shape.area)
        shore = np.column_stack([0.52 * np.cos(turn), 0.34 * np.sin(turn)]) * (reach * wave)[:, None]
        lake = affinity.translate(Polygon(shore), centre.x, centre.y).intersection(lot.shape.buffer(-25))
        self.base += [DrawnGround("park", name, lot.shape), DrawnGround("water", f"{name}湖", lake)]
        self.base.append(DrawnGround("path", "", lake.buffer(9).boundary))
        road, number = self.doors.address(lot.shape, 1)
        for share, title in ((0.07, "游客中心"), (0.4, "茶舍"), (0.72, "管理处")):
            at = lake.buffer(22).boundary.interpolate(share, normalized=True)
            house = buildings.block_tower(at, buildings.lean(lot.shape), 15, 11)
            address = f"{road}{number}号{name}{title}"
            self.doors.add(
                lot.community, house, address, "park", compound=name, manager=site["manager"], floors=1
            )

    def _village(self) -> None:
        rural = next(c for c in self.town["communities"] if c["kind"] == "rural")
        shape = self.terrain.communities[rural["code"]]
        river = self.terrain.water.buffer(BANK + 3)
        outside = shape.buffer(300).difference(shape.buffer(-4))
        closed = shapely.union_all([self.terrain.carriageways, river, outside])
        for order, start in enumerate(self.town["village"]["groups"], 1):
            group = f"{rural['name']}{order}组"
            hamlet = village.hamlet(group, tuple(start), self.terrain.bend, closed, self.rng)
            self.base.append(DrawnGround("green", group, hamlet.grove))
            self.base += [DrawnGround("path", "", lane) for lane in hamlet.lanes]
            closed = closed.union(hamlet.grove)
            for number, house in enumerate(hamlet.houses, 1):
                self.doors.add(
                    rural["code"], house, f"{group}{number}号", "residential", group=group,
                    households=2 if self.rng.random() < 0.2 else 1,
                    shops=1 if number % 23 == 5 else 0, floors=int(self.rng.integers(1, 4)),
                )  # fmt: skip
        open_ground = shape.difference(closed.buffer(3))
        self.base += [DrawnGround("field", "", field) for field in village.fields(open_ground, self.rng)]


def _sound(drawn: BaseGeometry) -> BaseGeometry:
    """Mend a drawn area whose slivers the rounding has turned over."""
    return drawn if drawn.is_valid else drawn.buffer(0)


def _globe(origin: list[float]) -> Callable[[BaseGeometry], Any]:
    """Return what lays metres around `origin` on longitude and latitude, to 7 decimals (1 cm)."""
    east = METRES_A_DEGREE * math.cos(math.radians(origin[1]))

    def degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(points / [east, METRES_A_DEGREE] + origin, 7)

    return lambda shape: shapely.transform(shape, degrees)
