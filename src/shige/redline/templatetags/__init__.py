"""Words of the one red line for templates."""
