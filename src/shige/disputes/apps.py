"""The disputes room as a Django app: what it keeps of persons, and what it brings to matters."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class DisputesConfig(AppConfig):
    name = "shige.disputes"

    def ready(self) -> None:
        """Declare what is sealed; bring the desk, the panels, and how disputes are handled and settled."""
        from shige.matters.handling.acts import bring_acts
        from shige.matters.handling.pages.panels import Panel, bring_panel
        from shige.matters.visibility.queries.sight import bring_sealed
        from shige.matters.workflow.handlers import bring_helpers
        from shige.matters.workflow.workflows import bring_conditions
        from shige.trust.journal_facts import bring_facts
        from shige.trust.navigation import Entry, bring_desks

        from .facts import FACTS
        from .mediation.mediators import committee_known, mediated_by, session_held
        from .mediation.panel import mediation_on_page
        from .mediation.queries import sealed_in
        from .mediation.settlement import ACTS
        from .plans.panel import plan_on_page

        bring_facts(FACTS)
        declare_fields()
        bring_desks(Entry("disputes:list", _("Disputes"), "matter.dispatch", 90))
        bring_conditions({"session_held": session_held, "committee_known": committee_known})
        bring_helpers(mediated_by)
        bring_sealed(sealed_in)
        bring_acts(ACTS)
        bring_panel(Panel("disputes/mediation.html", "main", mediation_on_page))
        bring_panel(Panel("disputes/plan_short.html", "main", plan_on_page))


def declare_fields() -> None:
    """Declare what is sealed of a mediation, why and for how long (P6)."""
    from shige.trust.personal import declare

    year, told = timedelta(days=365), gettext_noop
    called = told("to call the parties of a dispute together")
    declare("mediation.name", told("Names of the parties of a dispute"), called, 3 * year)
    declare("mediation.phone", told("Telephones of the parties of a dispute"), called, 3 * year)
    declare(
        "mediation.note", told("Running note of a mediation"),
        told("what was seen and heard, for whoever mediates the dispute"), 3 * year,
    )  # fmt: skip
    declare(
        "mediation.agreement", told("Agreement of a mediation"),
        told("what the parties agreed, to print it and follow it up"), 3 * year,
    )  # fmt: skip
