"""From somebody's words to a matter with a place, one owner and two dates (R21, R22)."""
