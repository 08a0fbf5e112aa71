"""Urging (督办): asked with reason and date, answered by the post in charge, told above where it is not."""
