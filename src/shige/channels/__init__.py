"""Doors for residents and other systems; delivers the outbox."""
