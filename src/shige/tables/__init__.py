"""Tables and maps of strangers as rows of our columns; whatever is not read is said by row and column."""
