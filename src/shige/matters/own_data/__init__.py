"""What is held of a reporter, their rights to it, and how long it stays (P5, P6)."""
