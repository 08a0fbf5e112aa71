"""Joint tasks of several departments (R26)."""
