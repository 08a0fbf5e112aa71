"""The door of a web process: slow senders wait here, threads work on whole requests only."""
