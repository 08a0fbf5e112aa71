"""How far the line reaches: counts of any area on any day, and the list behind each number (R9)."""
