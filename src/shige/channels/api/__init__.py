"""The public end-points: report a matter, follow it, find a place."""
