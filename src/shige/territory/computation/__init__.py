"""Between the database and a division: what goes in, what comes out, and how it is measured."""
