"""Who sees what of matters, and the record of who has read what (P3, P5, P7)."""
