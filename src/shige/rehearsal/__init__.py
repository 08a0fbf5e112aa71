"""Plays the fictional sample through the very commands that people use."""
