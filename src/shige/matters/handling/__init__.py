"""What the owner and the office do with a matter, and the page on which they do it."""
