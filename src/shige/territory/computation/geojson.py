"""A division as GeoJSON for the map of its plan."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import shapely

from shige.division import Division, Grid

from ..grids.names import label_of
from .reasons import in_words


def features(division: Division, marks: Mapping[str, str]) -> str:
    """Return the grids of a division as a FeatureCollection: areas, and a point for the name of each.

    ``marks`` says of a grid whether it is ``new`` or ``changed``.
    """
    broken = broken_words(division)
    written = []
    for grid in division.grids:
        properties = properties_of(grid) | {
            "mark": marks.get(grid.code, ""),
            "broken": broken.get(grid.code, ""),
        }
        rounded = shapely.transform(grid.geometry, lambda points: np.round(points, 6))
        point = grid.geometry.representative_point()
        written += [feature(rounded, properties), feature(point, properties | {"name_of": grid.level})]
    return f'{{"type":"FeatureCollection","features":[{",".join(written)}]}}'


def feature(shape: Any, properties: Mapping[str, Any]) -> str:
    """Write one feature."""
    told = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{told},"geometry":{shapely.to_geojson(shape)}}}'


def properties_of(grid: Grid) -> dict[str, Any]:
    """Return what the map says of a grid."""
    told = asdict(grid)
    del told["geometry"]
    return told | {"hours": round(grid.hours, 1), "label": label_of(grid.level, grid.name)}


def broken_words(division: Division) -> dict[str, str]:
    """Return what each grid breaks, in words."""
    words: dict[str, list[str]] = {}
    for found in division.violations:
        words.setdefault(found.grid, []).append(
            in_words({**asdict(found), "details": dict(found.details)}).what
        )
    return {code: "；".join(listed) for code, listed in words.items()}
