"""Keep a division in a plan, and read it again."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import shapely

from shige.division import Division, Grid, Piece, Violation


def kept(division: Division) -> dict[str, Any]:
    """Return a division as JSON; shapes as WKB in hexadecimal digits, which loses nothing."""
    return {
        "pieces": [list(asdict(piece).values()) for piece in division.pieces],
        "grids": [
            {**asdict(grid), "geometry": shapely.to_wkb(grid.geometry, hex=True)} for grid in division.grids
        ],
        "violations": [{**asdict(found), "details": dict(found.details)} for found in division.violations],
        "metrics": dict(division.metrics),
        "serials": dict(division.serials),
        "moved_households": division.moved_households,
    }


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
