"""A small invented place as GeoJSON: squares of 12 m in rows, 20 m apart."""

import json
from typing import Any

from shige.territory.intake.ground import ImportedGround, ImportFile, read_ground

WEST, SOUTH = 104.06, 30.64
STEP = 0.0002
SIDE = 0.00012
ONE, TWO = "990101001001", "990101001002"


def square(column: int, row: int) -> list[list[list[float]]]:
    """Return the ring of one building."""
    west, south = WEST + column * STEP, SOUTH + row * STEP
    east, north = west + SIDE, south + SIDE
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def unit(number: int, community: str = ONE, **changes: Any) -> dict[str, Any]:
    """Return one building: 20 households on 5 floors unless it is changed."""
    properties = {
        "id": f"U{number:03d}",
        "community": community,
        "address": f"玉兰路{number}号",
        "compound": f"玉兰苑{number // 10}",
        "use": "residential",
        "households": 20,
        "shops": 0,
        "floors": 5,
        "entrances": 2,
        "lift": False,
        "manager": None,
    } | changes
    coordinates = square(number % 10, number // 10)
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def units(count: int = 40, community: str = ONE, first: int = 0, **changes: Any) -> list[dict[str, Any]]:
    """Return buildings in rows of ten."""
    return [unit(number, community, **changes) for number in range(first, first + count)]


def collection(features: list[dict[str, Any]], **members: Any) -> bytes:
    """Return the features as a file."""
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def geojson(features: list[dict[str, Any]], **members: Any) -> ImportFile:
    """Return the features as a file that was handed in."""
    return ImportFile("units.geojson", collection(features, **members))


def ground(features: list[dict[str, Any]]) -> ImportedGround:
    """Read features that have no faults."""
    read = read_ground(geojson(features))
    assert read.faults == ()
    return read
