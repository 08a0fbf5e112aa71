"""Shige (实格): the platform for micro-grid neighbourhood service (微网实格)."""
