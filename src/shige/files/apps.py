"""The files room as a Django app: it brings words, no tables."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "shige.files"
