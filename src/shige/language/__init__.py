"""What people type, read: telephones, codes, addresses, danger, complaints; pure, no database."""
