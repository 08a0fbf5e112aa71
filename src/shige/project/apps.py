"""The project as a Django app: it holds the frame's templates and words."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "shige.project"
