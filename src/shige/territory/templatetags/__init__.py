"""Template tags of the ground plan."""
