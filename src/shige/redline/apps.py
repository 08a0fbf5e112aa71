"""The redline room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RedlineConfig(AppConfig):
    name = "shige.redline"

    def ready(self) -> None:
        """Bring the page into the rail, and what a plan does to the line onto its page."""
        from shige.territory.plans.panels import PLAN_PANELS
        from shige.trust.journal_facts import bring_facts
        from shige.trust.navigation import Entry, bring_rail
        from shige.trust.permissions import (
            CENTRE,
            OFFICE,
            OVERSIGHT,
            SECRETARIES,
            STREET,
            Permission,
            bring_actions,
        )

        from .adjustment.plan import panel_of
        from .facts import FACTS

        bring_actions(
            {
                "redline.see": Permission(_("See the one red line"), OFFICE | OVERSIGHT),
                "redline.edit": Permission(_("Edit the one red line"), SECRETARIES | STREET | CENTRE),
                # Whoever is overseen names no overseer (R10), so not the communities.
                "redline.oversee": Permission(_("Name overseers on the one red line"), STREET | CENTRE),
            }
        )
        bring_facts(FACTS)
        PLAN_PANELS.bring("redline/_plan.html", panel_of)
        bring_rail(Entry("redline:line", _("One red line"), "redline.see", 70, "redline"))
