"""People, posts, the gate, the vault and the journal: the floor that every app stands on."""
