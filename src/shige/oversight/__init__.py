"""The overseer of the one red line at work: aggregates, redacted cases and urging, never a resident (R10)."""
