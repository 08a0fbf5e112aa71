"""The life of a matter as a table: who may do what, which step leads where, and by when."""
