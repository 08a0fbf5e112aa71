"""Tasks split off from a matter (R26)."""
