"""The list of matters: filters, search, the map, saved filters."""
