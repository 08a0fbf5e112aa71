"""Figures read from the journal: rates by grid, category and time."""
