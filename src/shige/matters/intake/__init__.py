"""Matters from other systems: a table, what it means, and what is wrong with its rows (R21)."""

from .mapping import Mapping, MappingError, load_mapping, usual_mapping
from .rows import Draft, Intake, read_matters

__all__ = ["Draft", "Intake", "Mapping", "MappingError", "load_mapping", "read_matters", "usual_mapping"]
