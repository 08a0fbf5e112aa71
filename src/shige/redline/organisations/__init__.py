"""Organisations' life: founded, renamed, tied to another grid, merged, split, closed (党组织)."""
