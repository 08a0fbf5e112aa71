"""A plan changed by hand, and what it has to honour when computed again (R6)."""
