"""Words of the trust room for templates."""
