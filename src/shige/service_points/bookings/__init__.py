"""Rooms and services that are booked: by residents with a code, by an office for a group (R13)."""
