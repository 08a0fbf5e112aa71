"""Wishes that Party organisations adopt, and the year's figure of them (R12)."""
