"""Whom a sealed matter is about, and who is above them (P3)."""
