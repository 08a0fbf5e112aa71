"""What is known nearby, and whoever joins it (R25)."""
