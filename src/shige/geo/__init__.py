"""Coordinates, datums and division codes; pure functions."""
