"""What a reporter says to "solved?" (R25)."""
