"""The room of things in public space as a Django app: what it brings to the office's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssetsConfig(AppConfig):
    name = "shige.assets"

    def ready(self) -> None:
        """Bring the desks, and what a matter's page says of the thing that it is about."""
        from shige.matters.handling.pages.panels import Panel, bring_panel
        from shige.trust.journal_facts import bring_facts
        from shige.trust.navigation import Entry, bring_desks
        from shige.trust.permissions import CENTRE, STREET, Permission, bring_actions

        from .facts import FACTS
        from .things.panel import thing_on_page

        bring_actions(
            {
                "device.manage": Permission(_("Manage devices"), CENTRE | STREET),
            }
        )
        bring_facts(FACTS)
        bring_desks(
            Entry("assets:things", _("Register of things"), "thing.see", 110),
            Entry("assets:devices", _("Devices"), "device.manage", 120),
        )
        bring_panel(Panel("assets/thing_fact.html", "facts", thing_on_page))
