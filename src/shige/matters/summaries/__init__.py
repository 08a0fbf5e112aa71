"""What an office releases for everybody to read (P8)."""
