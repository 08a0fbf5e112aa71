"""What may be danger or about staff: sealed, looked at by trained people, released (P3, P4)."""
