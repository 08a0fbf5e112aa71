"""Template words of the matters room."""
