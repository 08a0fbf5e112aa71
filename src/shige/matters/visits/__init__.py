"""Return visits (R25)."""
