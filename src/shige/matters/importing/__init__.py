"""Matters taken over from another system (R21)."""
