"""Between the database and a division: what goes in, and how what comes out is kept."""
