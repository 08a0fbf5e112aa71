"""The territory room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "shige.territory"

    def ready(self) -> None:
        """Register the look-up of search words, and bring the pages and what messages about plans say."""
        from django.contrib.postgres.search import SearchVectorField

        from shige.trust.journal_facts import bring_facts
        from shige.trust.messages import bring_page, bring_way, bring_words
        from shige.trust.navigation import Entry, bring_rail
        from shige.trust.permissions import bring_actions

        from . import search_words as search_words
        from .facts import FACTS
        from .messages import MESSAGES, way_to_plan
        from .permissions import ACTIONS
        from .search_words import Answers

        bring_actions(ACTIONS)
        bring_facts(FACTS)
        SearchVectorField.register_lookup(Answers)
        bring_words(MESSAGES)
        bring_page("grid", "territory:grid")
        bring_way("plan", way_to_plan, {"territory:plan": str})
        bring_rail(
            Entry("territory:map", _("Map"), "map.see", 50, "map"),
            Entry("territory:plans", _("Division"), "plan.see", 60, "division"),
        )
