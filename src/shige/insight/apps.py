"""The insight room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    name = "shige.insight"

    def ready(self) -> None:
        """Bring the page into the rail, and what its numbers count into the filter bar of matters."""
        from shige.matters.lists.queries.circumstances import bring_circumstances
        from shige.trust.facts import ListExported
        from shige.trust.journal_facts import bring_facts
        from shige.trust.navigation import Entry, bring_rail

        from .behind import CIRCUMSTANCES

        bring_circumstances(CIRCUMSTANCES)
        bring_facts({"figures.exported": ListExported})
        bring_rail(Entry("insight:figures", _("Figures"), "figures.see", 90, "figures"))
