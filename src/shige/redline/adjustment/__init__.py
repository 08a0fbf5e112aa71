"""How the line could be adjusted so that its gaps close with the fewest changes; people decide (R11)."""
