"""The opinions room as a Django app: what it brings to the office's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "shige.opinions"

    def ready(self) -> None:
        """Bring the desk, and what messages about opinion notes say."""
        from shige.trust.journal_facts import bring_facts
        from shige.trust.messages import bring_page, bring_words
        from shige.trust.navigation import Entry, bring_desks
        from shige.trust.permissions import OFFICE, STAFF, Permission, bring_actions

        from .facts import FACTS
        from .messages import MESSAGES

        bring_actions(
            {
                "opinion.see": Permission(_("See opinion notes"), STAFF),
                "opinion.write": Permission(_("Write opinion notes"), STAFF),
                "opinion.follow": Permission(_("Follow opinion notes up"), OFFICE),
            }
        )
        bring_facts(FACTS)
        bring_words(MESSAGES)
        bring_page("opinion", "opinions:one")
        bring_desks(Entry("opinions:list", _("Opinion notes"), "opinion.see", 80))
