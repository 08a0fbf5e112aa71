"""The processes of the program: what they are, who starts them, and how they end together."""
