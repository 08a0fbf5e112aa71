"""A matter as its reporter follows it."""
