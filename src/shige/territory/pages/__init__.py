"""Pages of the ground plan: the map, plans, imports, and files that pages fetch."""
