"""Reading of imported files: nothing here saves anything."""

from .divisions import DivisionRow, read_divisions
from .faults import Fault
from .ground import Ground, ImportFile, MapFeature, read_ground

__all__ = [
    "DivisionRow",
    "Fault",
    "Ground",
    "ImportFile",
    "MapFeature",
    "read_divisions",
    "read_ground",
]
