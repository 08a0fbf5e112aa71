"""Which category somebody's words speak of: reviewed examples, a linear model, and rules above it (R22)."""
