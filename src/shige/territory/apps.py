"""The territory room as a Django app."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "shige.territory"

    def ready(self) -> None:
        """Register the look-up of search words."""
        from . import words as words
