"""Walking tours and hours of a round; pure functions."""

from shige.walking.hours import climb_seconds, round_hours
from shige.walking.tours import tour, tour_length

__all__ = ["climb_seconds", "round_hours", "tour", "tour_length"]
