"""The database server that the program brings along, and where the operator names another."""
