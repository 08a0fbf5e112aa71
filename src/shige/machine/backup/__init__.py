"""Backup and restore: everything that is kept as one signed file, and back again."""
