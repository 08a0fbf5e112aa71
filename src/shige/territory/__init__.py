"""Places, doors, grids, plans and their versions."""
