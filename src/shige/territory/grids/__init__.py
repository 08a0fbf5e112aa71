"""Grids in force: the list, one in full, their people, health and signs."""
