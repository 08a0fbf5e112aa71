"""What has to be honoured when a plan is computed again: grids, buildings and borders drawn by hand (R6)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from shapely import LineString

from shige.division import Wishes


def wishes_of(kept: Mapping[str, Any]) -> Wishes:
    """Return the wishes that a plan keeps."""
    return Wishes(
        locked=frozenset(kept.get("locked", ())),
        together=tuple(frozenset(units) for units in kept.get("together", ())),
        apart=tuple((first, second) for first, second in kept.get("apart", ())),
        lines=tuple(LineString(points) for points in kept.get("lines", ())),
    )


def kept_wishes(wishes: Wishes) -> dict[str, Any]:
    """Return wishes as JSON."""
    return {
        "locked": sorted(wishes.locked),
        "together": [sorted(units) for units in wishes.together],
        "apart": [list(pair) for pair in wishes.apart],
        "lines": [shapely.get_coordinates(line).tolist() for line in wishes.lines],
    }


def each(kept: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield every wish that a plan keeps: its key, its kind and what it names, as JSON."""
    for kind in ("locked", "together", "apart", "lines"):
        for named in kept.get(kind, ()):
            yield key_of(kind, named), kind, named


def key_of(kind: str, named: Any) -> str:
    """Return the key by which a page names one wish; it says what is wished, not where it stands."""
    return hashlib.sha256(json.dumps([kind, named]).encode()).hexdigest()[:16]


def without(kept: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return what a plan keeps without one wish."""
    return {kind: [named for named in listed if key_of(kind, named) != key] for kind, listed in kept.items()}
