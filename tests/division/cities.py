"""Small invented cities for tests: GeoJSON features with streets, towers, courtyards and offices."""

import json
import random
from pathlib import Path

LON, LAT = 104.0, 30.6
METRE = 1e-5  # degrees, roughly


def unit(number, x, y, *, community="990199001001", width=12, depth=10, **values):
    """A building whose south-west corner is x, y metres from the city's corner."""
    west, south = LON + x * METRE, LAT + y * METRE
    east, north = west + width * METRE, south + depth * METRE
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    properties = {
        "id": f"U{number:04d}", "community": community, "address": f"春风路{number}号", "compound": "",
        "use": "residential", "households": 0, "shops": 0, "floors": 1, "entrances": 1, "lift": False,
        "manager": None,
    }  # fmt: skip
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "geometry": geometry, "properties": properties | values}


def area(community, x, y, width, height):
    feature = unit(0, x, y, community=community, width=width, depth=height)
    return feature | {"properties": {"community": community}}


def barrier(kind, *points):
    line = [[LON + x * METRE, LAT + y * METRE] for x, y in points]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": line},
        "properties": {"class": kind},
    }


def city(seed, *, communities=2, blocks=6, per_block=9):
    """Communities side by side, each a grid of blocks; the kind of building changes from block to block."""
    dice = random.Random(seed)
    features = []
    for c in range(communities):
        for b in range(blocks):
            left, lower = c * 400 + b % 3 * 120, b // 3 * 120
            kind = dice.choice(["towers", "slabs", "courtyards", "shops", "offices"])
            for k in range(per_block):
                place = left + k % 3 * 35 + dice.random() * 8, lower + k // 3 * 35 + dice.random() * 8
                values = _building(kind, dice, b)
                community = f"9901990010{c + 1:02d}"
                features.append(unit(len(features), *place, community=community, **values))
    return features


def _building(kind, dice, block):
    compound = {"compound": f"春风苑{block}区"}
    if kind == "towers":
        tower = {"floors": 18, "entrances": 2, "lift": True, "shops": dice.randint(0, 4)}
        return compound | tower | {"households": dice.randint(40, 190)}
    if kind == "slabs":
        return compound | {"floors": 6, "entrances": 4, "households": dice.randint(20, 60)}
    if kind == "courtyards":
        return {"households": dice.randint(0, 9), "shops": dice.randint(0, 2), "floors": 2}
    if kind == "shops":
        return {"use": "shop", "shops": dice.randint(0, 25)}
    return {
        "use": dice.choice(["office", "market", "park"]),
        "manager": f"M{dice.randint(1, 3)}",
        "floors": 9,
    }


def save(path: Path, features) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
