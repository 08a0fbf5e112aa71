"""How long it takes to tell what is within 15 minutes on foot: as it is served, and in a dense inner city."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np
import shapely
from tests.program import Running

from shige.geo.plane import Plane
from shige.service_points.models import ServicePoint
from shige.walking.reach import Ground, minutes_on_foot

from .timing import Line, latency
from .visiting import Visitor, repeat

SHARED: Final = Path(__file__).parents[2] / "shared" / "data" / "shanghai_core_osm"
COUNT: Final = 150
TARGETS: Final = 200
MOST_SECONDS: Final = 40.0
SEED: Final = 15
BIG: Final = frozenset({"motorway", "trunk", "primary"})


def lines(running: Running) -> Iterator[Line]:
    """Ask the program from places all over the sample, then the pure function all over inner Shanghai."""
    chosen = random.Random(SEED)
    spots = list(ServicePoint.objects.values_list("lon", "lat"))
    visitor = Visitor(running.address)

    def address() -> str:
        lon, lat = chosen.choice(spots)
        return f"/api/v1/public/service-points/near?lon={lon + chosen.uniform(-2, 2) / 1000}&lat={lat}"

    times = repeat(visitor, address, COUNT, MOST_SECONDS)
    yield from latency("service points near on foot", times, f"{len(spots)} points of the sample, over HTTP")
    if not SHARED.exists():
        yield Line("inner city", None, "", "left out: ../shared/data is not on this machine")
        return
    yield from latency("15 minutes around, inner Shanghai", list(circled(chosen)), f"{TARGETS} targets each")


def circled(chosen: random.Random) -> Iterator[float]:
    """Yield the seconds of each circle around a random place."""
    roads, water = (features(name) for name in ("roads", "water"))
    ends = shapely.total_bounds([shape for _properties, shape in roads])
    plane = Plane.about(ends.reshape(2, 2))
    ground = ground_of(roads, water, plane)
    low, high = plane.to_metres(ends.reshape(2, 2))
    for _turn in range(COUNT):
        origin = chosen.uniform(low[0], high[0]), chosen.uniform(low[1], high[1])
        targets = np.array(
            [[origin[axis] + chosen.uniform(-1000, 1000) for axis in (0, 1)] for _ in range(TARGETS)]
        )
        begun = perf_counter()
        minutes_on_foot(origin, targets, ground, minutes=15, speed=1.2)
        yield perf_counter() - begun


def features(name: str) -> list[tuple[dict[str, Any], Any]]:
    """Return the properties and shapes of a shared file."""
    read = json.loads((SHARED / f"shanghai_{name}.geojson").read_text("utf-8"))
    return [
        (one["properties"], shapely.from_geojson(json.dumps(one["geometry"]))) for one in read["features"]
    ]


def ground_of(
    roads: list[tuple[dict[str, Any], Any]], water: list[tuple[dict[str, Any], Any]], plane: Plane
) -> Ground:
    """Return the ground as the program reads it: big roads part it, others are ways over."""
    kinds: dict[str, list[Any]] = {"roads": [], "ways": [], "streams": []}
    for properties, shape in roads:
        kind = properties.get("kind_detail", "")
        held = "roads" if kind in BIG else "streams" if properties["kind"] == "rail" else "ways"
        kinds[held].append(shapely.transform(shape, plane.to_metres))
    areas = [shape for _properties, shape in water if shape.geom_type.endswith("Polygon")]
    return Ground(**kinds, water=[shapely.transform(shape, plane.to_metres) for shape in areas])
