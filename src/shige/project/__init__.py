"""Wiring: settings, urls, database cluster and the supervisor of the processes."""
