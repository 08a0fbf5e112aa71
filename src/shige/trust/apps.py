"""The trust room as a Django app."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "shige.trust"
