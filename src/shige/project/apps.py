"""The project as a Django app: it holds the frame's templates and words."""

from collections.abc import Collection
from typing import Any, cast

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class ProjectConfig(AppConfig):
    name = "shige.project"

    def ready(self) -> None:
        """Bring wishes before members, and ask for what was left empty in a sentence, in every form."""
        from shige.adoptions import offers
        from shige.members.calls import Call, bring_calls

        def calls_in(communities: Collection[int]) -> list[Call]:
            found = offers.wishes_in(communities)
            return [Call(one.number, one.words, one.category, one.community) for one in found]

        bring_calls(calls_in, offers.ask, offers.outcomes)
        messages = cast(dict[str, Any], Field.default_error_messages)
        messages["required"] = _("Please fill this in.")
