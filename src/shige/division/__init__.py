"""Draws nested grids from buildings (R1-R7); a pure library and a command for planners."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from shige.division.previous import read_assignment
from shige.division.units import (
    Barrier,
    Division,
    Grid,
    Level,
    Piece,
    Previous,
    RulesProfile,
    Unit,
    Violation,
    Wishes,
)
from shige.tables.problems import Problem

from .input import read_areas, read_barriers, read_units
from .output import write_division

if TYPE_CHECKING:
    from .assessment import assess
    from .nested_grids import divide

__all__ = [
    "Barrier",
    "Division",
    "Grid",
    "Level",
    "Piece",
    "Previous",
    "Problem",
    "RulesProfile",
    "Unit",
    "Violation",
    "Wishes",
    "assess",
    "divide",
    "read_areas",
    "read_assignment",
    "read_barriers",
    "read_units",
    "write_division",
]


def __getattr__(name: str) -> Any:
    """Load the methods, and with them the compiler of their loops (seconds), only where they are called."""
    if name not in ("assess", "divide"):
        raise AttributeError(name)
    import_module("shige.walking")  # settles where compiled loops are kept
    if name == "divide":
        from .nested_grids import divide

        return divide
    from .assessment import assess

    return assess
