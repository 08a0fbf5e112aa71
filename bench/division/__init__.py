"""Benchmarks of the division: generated cities, measures, and other tools on the same problem."""
