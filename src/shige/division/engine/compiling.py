"""How loops are compiled: once, kept on disk, and without counting who holds an array where none is made."""

from __future__ import annotations

from typing import Any, Final

from numba import njit

UNCOUNTED: Final[dict[str, Any]] = {"_nrt": False}

loop = njit(cache=True, error_model="numpy")
"""For loops that make arrays."""

leaf = njit(cache=True, error_model="numpy", **UNCOUNTED)
"""For loops that only read and write arrays they are given: counting holders would take half their time."""
