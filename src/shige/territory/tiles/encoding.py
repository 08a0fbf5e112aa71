"""Write a Mapbox vector tile (specification 2.1) over the format's own protobuf classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

EXTENT: Final = 4096
"""Units along the side of a tile."""

Value = str | int | float | bool
Feature = tuple[BaseGeometry, Mapping[str, Value]]

_MOVE, _LINE, _CLOSE = 1, 2, 7
_POINT, _LINESTRING, _POLYGON = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Layer:
    """A named layer of one tile: shapes in the tile's units, y downwards, with their properties."""

    name: str
    features: tuple[Feature, ...]


def encode(layers: Iterable[Layer]) -> bytes:
    """Return the bytes of a tile; shapes that vanish when rounded to its units are left out."""
    tile = vector_tile_pb2.tile()
    for layer in layers:
        _write_layer(tile, layer)
    return bytes(tile.SerializeToString())


def _write_layer(tile: Any, layer: Layer) -> None:
    written = tile.layers.add(name=layer.name, version=2, extent=EXTENT)
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    for geometry, properties in layer.features:
        kind, commands = commands_of(geometry)
        if not commands:
            continue
        feature = written.features.add(type=kind)
        feature.geometry.extend(commands)
        for key, value in properties.items():
            feature.tags.append(keys.setdefault(key, len(keys)))
            feature.tags.append(values.setdefault((type(value), value), len(values)))
    written.keys.extend(keys)
    for kind_of_value, value in values:
        _write_value(written.values.add(), kind_of_value, value)
    if not written.features:
        del tile.layers[-1]


def _write_value(message: Any, kind: type, value: Value) -> None:
    names = {str: "string_value", bool: "bool_value", int: "sint_value", float: "double_value"}
    setattr(message, names[kind], value)


def commands_of(geometry: BaseGeometry) -> tuple[int, list[int]]:
    """Return the type of a shape and its drawing commands, empty where nothing is left of it."""
    cursor = np.zeros(2, dtype=np.int64)
    commands: list[int] = []
    kind = _POLYGON
    for part in shapely.get_parts(geometry):
        match part.geom_type:
            case "Point":
                kind = _POINT
                commands += _path(shapely.get_coordinates(part), cursor, closed=False)
            case "LineString":
                kind = _LINESTRING
                commands += _line(part, cursor)
            case "Polygon":
                for ring in _rings(part):
                    commands += _path(ring, cursor, closed=True)
    return kind, commands


def _line(part: BaseGeometry, cursor: NDArray[np.int64]) -> list[int]:
    points = _distinct(shapely.get_coordinates(part))
    return _path(points, cursor, closed=False) if len(points) > 1 else []


def _rings(polygon: Any) -> Iterator[NDArray[np.int64]]:
    """Yield the rings with area, the outer one clockwise on the screen and the holes against it."""
    for number, ring in enumerate((polygon.exterior, *polygon.interiors)):
        points = _distinct(shapely.get_coordinates(ring))[:-1]
        twice_area = int(
            np.sum(points[:, 0] * np.roll(points[:, 1], -1) - np.roll(points[:, 0], -1) * points[:, 1])
        )
        if twice_area == 0:
            if number == 0:
                return
            continue
        yield points if (twice_area > 0) == (number == 0) else points[::-1]


def _distinct(coordinates: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round to the tile's units and drop points that fall together with the one before."""
    points = np.rint(coordinates).astype(np.int64)
    fresh = np.ones(len(points), dtype=np.bool_)
    fresh[1:] = (points[1:] != points[:-1]).any(axis=1)
    return points[fresh]


def _path(coordinates: NDArray[Any], cursor: NDArray[np.int64], *, closed: bool) -> list[int]:
    """Write a path as moves from the point where the one before ended."""
    points = np.rint(coordinates).astype(np.int64)
    steps = np.diff(np.vstack([cursor[None, :], points]), axis=0)
    cursor[:] = points[-1]
    turned = ((steps << 1) ^ (steps >> 63)).tolist()
    commands = [_MOVE | 1 << 3, *turned[0]]
    if len(turned) > 1:
        commands += [_LINE | (len(turned) - 1) << 3, *(number for step in turned[1:] for number in step)]
    return [*commands, _CLOSE | 1 << 3] if closed else commands
