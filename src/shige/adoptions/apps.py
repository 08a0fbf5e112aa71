"""The room of adoptions as a Django app: what it brings to the office's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionsConfig(AppConfig):
    name = "shige.adoptions"

    def ready(self) -> None:
        """Bring the desk, and who sees and who adopts."""
        from shige.trust.gate import may
        from shige.trust.journal_facts import bring_facts
        from shige.trust.message_subjects import declare_known
        from shige.trust.messages import bring_page, bring_words
        from shige.trust.navigation import Entry, bring_desks
        from shige.trust.permissions import OFFICE, SECRETARIES, STREET, Permission, bring_actions

        from .facts import FACTS
        from .messages import MESSAGES

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
        bring_words(MESSAGES)
        bring_page("adoptions", "adoptions:offered", of_its_own=False)
        declare_known("adoptions", lambda viewer, ids: set(ids) if may(viewer, "adoption.adopt") else set())
        bring_desks(Entry("adoptions:offered", _("Adopt wishes"), "adoption.see", 85))
