"""Cut shapes into the tiles of every zoom (Web Mercator)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
import structlog
from numpy.typing import NDArray
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from .encoding import EXTENT, Feature, Layer, Value, encode

_MARGIN: Final = 64
"""Units around a tile that are drawn too, so that lines do not end at its edge."""

_FARTHEST_NORTH: Final = 85.0
"""Degrees: beyond it the map has no end."""

_WIDEST: Final = 3.0
"""Degrees of the widest shape: one wider has a wrong number in it and would become millions of tiles."""

log = structlog.get_logger(__name__)

Shapes = NDArray[np.object_]

Address = tuple[int, int, int]
"""Zoom, column and row of a tile."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing on the map, in WGS-84 degrees, with the least zoom at which it is drawn."""

    layer: str
    geometry: BaseGeometry
    properties: Mapping[str, Value]
    from_zoom: int = 0


def pyramid(things: Iterable[Drawn], zooms: Iterable[int]) -> Iterator[tuple[Address, bytes]]:
    """Yield every tile that shows something, zoom by zoom."""
    listed = drawable(things)
    flat = shapely.transform(np.array([thing.geometry for thing in listed], dtype=object), in_world)
    for zoom in zooms:
        wanted = [k for k, thing in enumerate(listed) if thing.from_zoom <= zoom]
        tiles: dict[tuple[int, int], dict[str, list[Feature]]] = defaultdict(lambda: defaultdict(list))
        for k, place, piece in pieces(flat[wanted], zoom):
            thing = listed[wanted[k]]
            tiles[place][thing.layer].append((piece, thing.properties))
        for (column, row), layers in sorted(tiles.items()):
            yield (
                (zoom, column, row),
                encode(Layer(name, tuple(features)) for name, features in sorted(layers.items())),
            )


def one_tile(things: Iterable[Drawn], address: Address) -> bytes:
    """Return one tile of things that lie around it; nothing where it shows none of them."""
    zoom, column, row = address
    listed = drawable(thing for thing in things if thing.from_zoom <= zoom)
    if not listed:
        return b""
    flat = shapely.transform(np.array([thing.geometry for thing in listed], dtype=object), in_world)
    layers: dict[str, list[Feature]] = defaultdict(list)
    for k, place, piece in pieces(flat, zoom):
        if place == (column, row):
            layers[listed[k].layer].append((piece, listed[k].properties))
    return encode(Layer(name, tuple(features)) for name, features in sorted(layers.items()))


def drawable(things: Iterable[Drawn]) -> list[Drawn]:
    """Return the things that can be drawn: one bad shape never stops the drawing of all others."""
    listed = list(things)
    bounds = shapely.bounds(np.array([thing.geometry for thing in listed], dtype=object)).reshape(-1, 4)
    with np.errstate(invalid="ignore"):
        fits = (np.abs(bounds) <= (180, _FARTHEST_NORTH, 180, _FARTHEST_NORTH)).all(axis=1)
        fits = np.logical_and(fits, (bounds[:, 2:] - bounds[:, :2] <= _WIDEST).all(axis=1))
    if not fits.all():
        log.warning("shapes are not drawn", count=int((~fits).sum()))
    return [thing for thing, fit in zip(listed, fits, strict=True) if fit]


def box_of_tile(address: Address) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a tile with its margin, in degrees."""
    zoom, column, row = address
    margin = _MARGIN / EXTENT
    edges = np.array([column - margin, column + 1 + margin, row + 1 + margin, row - margin]) / 2**zoom
    west, east = (edges[:2] - 0.5) * 360
    south, north = np.degrees(2 * np.arctan(np.exp((0.5 - edges[2:]) * 2 * np.pi)) - np.pi / 2)
    return float(west), float(south), float(east), float(north)


def in_world(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn degrees of shape (n, 2) into Web Mercator, 0 to 1 from the north-western corner."""
    x = lonlat[:, 0] / 360 + 0.5
    phi = np.radians(lonlat[:, 1])
    y = 0.5 - np.log(np.tan(np.pi / 4 + phi / 2)) / (2 * np.pi)
    return np.column_stack([x, y])


def pieces(flat: Shapes, zoom: int) -> Iterator[tuple[int, tuple[int, int], BaseGeometry]]:
    """Yield what of each shape lies in each tile: its number, column and row, and the piece in tile units."""
    large = shapely.simplify(shapely.transform(flat, lambda points: points * (EXTENT * 2**zoom)), 1.0)
    first = np.floor((shapely.bounds(large) - _MARGIN) / EXTENT).astype(np.int64)
    last = np.floor((shapely.bounds(large) + _MARGIN) / EXTENT).astype(np.int64)
    for k, shape in enumerate(large):
        for column in range(first[k, 0], last[k, 2] + 1):
            for row in range(first[k, 1], last[k, 3] + 1):
                piece = cut_out(shape, column * EXTENT, row * EXTENT)
                if not piece.is_empty:
                    yield k, (column, row), piece


def cut_out(shape: BaseGeometry, left: float, top: float) -> BaseGeometry:
    """Return what lies in a tile and its margin, measured from the tile's corner."""
    reach = EXTENT + _MARGIN
    try:
        inside = shapely.clip_by_rect(shape, left - _MARGIN, top - _MARGIN, left + reach, top + reach)
    except GEOSException:  # an outline that simplifying has crossed
        mended = shapely.make_valid(shape)
        inside = shapely.intersection(
            mended, shapely.box(left - _MARGIN, top - _MARGIN, left + reach, top + reach)
        )
    return shapely.transform(inside, lambda points: points - (left, top))
