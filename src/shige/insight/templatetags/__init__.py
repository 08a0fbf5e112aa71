"""Words of the figures for templates."""
