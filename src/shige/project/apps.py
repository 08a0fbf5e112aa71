"""The project as a Django app: it holds the frame's templates and words."""

from typing import Any, cast

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class ProjectConfig(AppConfig):
    name = "shige.project"

    def ready(self) -> None:
        """Ask for what was left empty in a sentence, in every form that says nothing better itself."""
        messages = cast(dict[str, Any], Field.default_error_messages)
        messages["required"] = _("Please fill this in.")
