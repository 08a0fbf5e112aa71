"""The desks of offices: dispatch board, service centre, morning page, hazards, compounds."""
