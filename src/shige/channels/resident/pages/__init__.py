"""One module for each screen or way of the resident."""
