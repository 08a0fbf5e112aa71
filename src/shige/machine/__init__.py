"""The machinery below the program: database, processes, the door of the web, backup, the journal kept."""
