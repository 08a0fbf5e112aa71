"""The oversight room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "shige.oversight"

    def ready(self) -> None:
        """Bring the overseer's page into the rail, urgings to both sides, and what messages of them say."""
        from shige.trust.journal_facts import bring_facts
        from shige.trust.message_subjects import declare_known
        from shige.trust.messages import bring_page, bring_words
        from shige.trust.navigation import Entry, bring_desks, bring_rail
        from shige.trust.permissions import OVERSIGHT, STAFF, TASKED, Permission, bring_actions

        from .facts import FACTS
        from .grids.panels import Panel, bring_panel
        from .messages import MESSAGES
        from .urgings.pages import panel
        from .urgings.queries.urgings import urgings_known

        bring_actions(
            {
                "oversight.see": Permission(_("Oversee the own grids"), OVERSIGHT),
                "urging.make": Permission(_("Urge posts in charge"), OVERSIGHT),
                "urging.see": Permission(_("See urgings"), OVERSIGHT | STAFF | TASKED),
                "urging.answer": Permission(_("Answer urgings"), STAFF | TASKED),
            }
        )
        bring_facts(FACTS)
        bring_words(MESSAGES)
        bring_page("urging", "oversight:urging")
        declare_known("urging", urgings_known)
        bring_panel(Panel("oversight/_urgings.html", panel))
        bring_rail(Entry("oversight:home", _("Oversight"), "oversight.see", 60, "oversight"))
        bring_desks(Entry("oversight:urgings", _("Urgings"), "urging.answer", 90))
