"""Micro-wishes and their claims (R12)."""
