"""Matters (诉求、事件) from the first word to the return visit."""
