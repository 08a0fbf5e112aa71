"""How loops are compiled: once, kept on disk, and without counting who holds an array where none is made."""

from __future__ import annotations

from numba import njit

loop = njit(cache=True, error_model="numpy")
"""For loops that make arrays."""

leaf = njit(cache=True, error_model="numpy", _nrt=False)
"""For loops that only read and write arrays they are given: counting holders would take half their time."""
