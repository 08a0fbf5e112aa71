"""Walking tours and hours of a round; pure functions."""

from pathlib import Path

from shige.walking.compiled import settle_cache

settle_cache(Path(__file__).parent)  # before the first import of numba

from shige.walking.hours import climb_seconds, round_hours  # noqa: E402
from shige.walking.tours import tour, tour_length  # noqa: E402

__all__ = ["climb_seconds", "round_hours", "tour", "tour_length"]
