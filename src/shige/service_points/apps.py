"""The room of service points as a Django app: what it brings to the office's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicePointsConfig(AppConfig):
    name = "shige.service_points"

    def ready(self) -> None:
        """Bring the desk and who keeps service points."""
        from shige.trust.journal_facts import bring_facts
        from shige.trust.navigation import Entry, bring_desks
        from shige.trust.permissions import OFFICE, Permission, bring_actions

        from .facts import FACTS

        bring_actions({"service_point.edit": Permission(_("Keep service points"), OFFICE)})
        bring_facts(FACTS)
        bring_desks(Entry("service_points:points", _("Service points"), "service_point.edit", 115))
