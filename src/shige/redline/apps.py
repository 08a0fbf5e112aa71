"""The redline room as a Django app."""

from django.apps import AppConfig


class RedlineConfig(AppConfig):
    name = "shige.redline"
