"""Imports of divisions, buildings and roads: read, previewed, all or nothing."""
