"""Devices that report by signed events (R41)."""
