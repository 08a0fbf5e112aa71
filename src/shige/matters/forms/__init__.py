"""Forms of the office's pages about matters, a file for each subject."""
