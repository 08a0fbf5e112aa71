"""The room of adoptions as a Django app: what it brings to the office's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionsConfig(AppConfig):
    name = "shige.adoptions"

    def ready(self) -> None:
        """Bring the desk, and who sees and who adopts."""
        from shige.trust.journal_facts import bring_facts
        from shige.trust.navigation import Entry, bring_desks
        from shige.trust.permissions import OFFICE, SECRETARIES, STREET, Permission, bring_actions

        from .facts import FACTS

        bring_actions(
            {
                "adoption.see": Permission(_("See which wishes organisations adopted"), OFFICE),
                "adoption.adopt": Permission(
                    _("Adopt wishes for an organisation"),
                    SECRETARIES | STREET,
                    frozenset({"community", "street"}),
                ),
            }
        )
        bring_facts(FACTS)
        bring_desks(Entry("adoptions:offered", _("Adopt wishes"), "adoption.see", 85))
