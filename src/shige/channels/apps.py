"""The channels room as a Django app."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "shige.channels"
