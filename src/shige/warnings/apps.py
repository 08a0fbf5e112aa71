"""The warnings room as a Django app: what it brings to the office's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WarningsConfig(AppConfig):
    name = "shige.warnings"

    def ready(self) -> None:
        """Bring the desk, and what messages about warnings say."""
        from shige.trust.journal_facts import bring_facts
        from shige.trust.messages import bring_page, bring_words
        from shige.trust.navigation import Entry, bring_desks
        from shige.trust.permissions import OFFICE, Permission, bring_actions

        from .facts import FACTS
        from .messages import MESSAGES

        bring_actions(
            {
                "warning.send": Permission(_("Send warnings ahead"), OFFICE),
            }
        )
        bring_facts(FACTS)
        bring_words(MESSAGES)
        bring_page("warning", "warnings:one")
        bring_page("weather", "warnings:desk", of_its_own=False)
        bring_desks(Entry("warnings:desk", _("Warnings ahead"), "matter.see", 50))
