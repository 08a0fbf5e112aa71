"""Figures that anybody may read: of periods that are over, by place and by category (R35, P8).

They are cells of the same table from which everybody reads who sees no matters, so two readers who put their
figures together learn nothing that is kept back. Sealed matters are in none of them: they are about people at
work, and a neighbour knows whom.
"""

from dataclasses import dataclass
from typing import Final

from shige.territory.models import Area
from shige.trust.gate import SYSTEM

from .closed_months import Published, rows_of
from .measures import Measures
from .periods import Closed
from .queries import By, FigureRow, complete_until

MOST_AREAS: Final = 60
"""With more communities than these the table compares streets."""


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """The figures of one period: everything together, by area and by category."""

    asked: Closed
    total: Measures
    areas: tuple[FigureRow, ...]
    categories: tuple[FigureRow, ...]


def open_figures(asked: Closed) -> OpenFigures:
    """Return what anybody may read of the matters that were reported in a period that is over."""
    told = Published(SYSTEM, asked.months, None, complete_until())
    by: By = "community" if Area.objects.filter(level="community").count() <= MOST_AREAS else "street"
    total = told.total("")
    return OpenFigures(asked, total, rows_of(told, by, "", total), rows_of(told, "category", "", total))
