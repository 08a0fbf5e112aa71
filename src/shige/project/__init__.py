"""Wiring: settings, addresses, the frame of every page, and what is done before the program serves."""
