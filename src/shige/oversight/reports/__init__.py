"""A quarter's report of an overseer: drafted from what is known, edited, handed in above (R10)."""
