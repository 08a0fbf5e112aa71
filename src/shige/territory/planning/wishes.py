"""What has to be honoured when a plan is computed again: locked grids, buildings together or apart (R6)."""

from collections.abc import Mapping
from typing import Any

from shige.division import Wishes


def wishes_of(kept: Mapping[str, Any]) -> Wishes:
    """Return the wishes that a plan keeps."""
    return Wishes(
        locked=frozenset(kept.get("locked", ())),
        together=tuple(frozenset(units) for units in kept.get("together", ())),
        apart=tuple((first, second) for first, second in kept.get("apart", ())),
    )


def kept_wishes(wishes: Wishes) -> dict[str, Any]:
    """Return wishes as JSON."""
    return {
        "locked": sorted(wishes.locked),
        "together": [sorted(units) for units in wishes.together],
        "apart": [list(pair) for pair in wishes.apart],
    }
