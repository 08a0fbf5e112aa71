"""Keep a division in a plan, and read it again."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, cast

import shapely

from shige.division import Division, Grid, Level, Piece, Violation

from ..models import Area, GridVersion
from ..shapes import from_wkb
from .rounds import Hours


def kept(division: Division, asked: Mapping[str, Any], rounds: Mapping[str, Hours]) -> dict[str, Any]:
    """Return a division as JSON; shapes as WKB in hexadecimal digits, which loses nothing.

    ``asked`` are the wishes that it was computed with, ``rounds`` the hours of each grid.
    """
    return {
        "pieces": [list(asdict(piece).values()) for piece in division.pieces],
        "grids": [
            {**asdict(grid), "geometry": shapely.to_wkb(grid.geometry, hex=True)} for grid in division.grids
        ],
        "violations": [{**asdict(found), "details": dict(found.details)} for found in division.violations],
        "metrics": dict(division.metrics),
        "serials": dict(division.serials),
        "moved_households": division.moved_households,
        "asked": dict(asked),
        "rounds": dict(rounds),
    }


def division_of(versions: Iterable[GridVersion], pieces: Iterable[Piece]) -> Division:
    """Return grids that hold, or held, as a division; needs ``area`` and ``parent`` loaded."""
    listed = list(versions)
    return Division(
        pieces=tuple(pieces),
        grids=tuple(grid_of(version) for version in listed),
        violations=tuple(
            Violation(grid=version.area.code, **found) for version in listed for found in version.broken
        ),
        metrics={},
        serials={},
    )


def grid_of(version: GridVersion) -> Grid:
    """Return a version of a grid as a division knows it."""
    parent = version.parent
    return Grid(
        code=version.area.code,
        name=version.called,
        level=cast(Level, version.level),
        parent=parent.code if parent and parent.kind == Area.Kind.GRID else "",
        households=version.households,
        shops=version.shops,
        hours=version.hours,
        geometry=from_wkb(version.shape),
        floors=version.floors,
    )


def read_again(outcome: Mapping[str, Any]) -> Division:
    """Return the division that a plan keeps."""
    return Division(
        pieces=tuple(Piece(*row) for row in outcome["pieces"]),
        grids=tuple(
            Grid(**{**row, "geometry": shapely.from_wkb(bytes.fromhex(row["geometry"]))})
            for row in outcome["grids"]
        ),
        violations=tuple(Violation(**row) for row in outcome["violations"]),
        metrics=outcome["metrics"],
        serials=outcome["serials"],
        moved_households=outcome["moved_households"],
    )
