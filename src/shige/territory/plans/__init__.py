"""Division plans: proposed, compared, decided, put into force (R3, R7)."""
