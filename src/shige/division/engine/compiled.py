"""How loops are compiled: once, kept on disk, and without counting who holds an array where none is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

_Loop = TypeVar("_Loop", bound=Callable[..., Any])
_compiler: Any = njit  # whose declared type is silent about _nrt


def loop(function: _Loop) -> _Loop:
    """Compile a loop that makes arrays."""
    compiled: _Loop = _compiler(cache=True, error_model="numpy")(function)
    return compiled


def leaf(function: _Loop) -> _Loop:
    """Compile a loop that only reads and writes arrays that it is given.

    Nobody counts who holds them, which took half of its time: a leaf makes, returns and keeps no array.
    """
    compiled: _Loop = _compiler(cache=True, error_model="numpy", _nrt=False)(function)
    return compiled
