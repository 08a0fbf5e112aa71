"""The journal anchored outside the database while the program runs (P7)."""
