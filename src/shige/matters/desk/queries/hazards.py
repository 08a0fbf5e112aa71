"""The register of hazards: what is registered, put right, rechecked, written off in each grid (R39)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.territory.models import Area
from shige.trust.gate import Viewer

from ...lists.queries.figures import Figure, counted, counted_by
from ...lists.queries.filters import DONE, MatterFilter
from ...lists.queries.rows import MatterRow, rows_of
from ...models import Matter
from ...workflow.actors import seen_by
from ...workflow.workflows import HAZARD, RECHECK

SHOWN: Final = 30

FIGURES: Final = {
    "new": MatterFilter(kind=HAZARD, state=Matter.State.NEW),
    "in_hand": MatterFilter(kind=HAZARD, circumstance="at_work"),
    "recheck": MatterFilter(kind=HAZARD, state=RECHECK),
    "asked": MatterFilter(kind=HAZARD, state=Matter.State.TO_CONFIRM),
    "late": MatterFilter(kind=HAZARD, late=True),
    "written_off": MatterFilter(kind=HAZARD, state=DONE, circumstance="written_off"),
}
"""Where hazards stand, as the register counts them; the late ones are among those before them."""


@dataclass(frozen=True, slots=True)
class GridHazards:
    """One line of the register; ``grid`` is None for what lies in no grid."""

    grid: Area | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Register:
    """The lines of the grids, the whole, and what waits for its recheck, the soonest due first."""

    grids: tuple[GridHazards, ...]
    whole: Mapping[str, Figure]
    to_recheck: list[MatterRow]


def register_of(viewer: Viewer) -> Register:
    """Return the register of what ``viewer`` sees; six statements."""
    by_grid = counted_by(viewer, "leaf", FIGURES)
    grids = Area.objects.select_related("community").in_bulk([key for key in by_grid if key])
    lines = [GridHazards(grids.get(key) if key else None, found) for key, found in by_grid.items()]
    waiting = Matter.objects.filter(seen_by(viewer), kind=HAZARD, open=True, state=RECHECK)
    return Register(
        grids=tuple(sorted(lines, key=_turn)),
        whole=counted(viewer, FIGURES),
        to_recheck=rows_of(waiting.order_by("next_at", "pk")[:SHOWN]),
    )


def _turn(line: GridHazards) -> tuple[str, str, int]:
    grid = line.grid
    if grid is None:
        return "", "", 0
    return grid.community.sort_key if grid.community else "", grid.sort_key, grid.pk
