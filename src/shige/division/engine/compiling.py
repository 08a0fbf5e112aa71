"""How loops are compiled: once, kept on disk, and without counting who holds an array where none is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])

UNCOUNTED: Final[dict[str, Any]] = {"_nrt": False}

loop = njit(cache=True, error_model="numpy")
"""For loops that make arrays."""


def leaf(function: Loop) -> Loop:
    """Compile a loop that only reads and writes arrays it is given: counting their holders takes long."""
    compiled: Loop = njit(cache=True, error_model="numpy", **UNCOUNTED)(function)
    return compiled
