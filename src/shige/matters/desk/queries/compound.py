"""Open matters of an oversized compound, counted by grid (R45)."""

from collections.abc import Mapping

from shige.trust.gate import Viewer

from ...lists.queries.figures import Figure, counted, counted_by
from ...lists.queries.filters import MatterFilter


def open_in(viewer: Viewer, compound: int) -> tuple[Figure, Mapping[int | None, Figure]]:
    """Count the open matters of a compound that the viewer may see: the whole, and each grid. Two statements.

    What is confidential is found, and counted, by no place.
    """
    asked = {"open": MatterFilter(compound=compound)}
    by_grid = counted_by(viewer, "leaf", asked)
    return counted(viewer, asked)["open"], {leaf: found["open"] for leaf, found in by_grid.items()}
