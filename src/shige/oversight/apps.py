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
        from shige.trust.permissions import OVERSIGHT, STAFF, STREET, TASKED, Permission, bring_actions

        from .facts import FACTS
        from .grids.panels import GRID_PANELS
        from .messages import MESSAGES
        from .notes.pages import panel as notes_panel
        from .notes.queries import notes_known
        from .reports.queries import reports_known
        from .urgings.pages import panel
        from .urgings.queries.urgings import urgings_known

        bring_actions(
            {
                "oversight.see": Permission(_("Oversee the own grids"), OVERSIGHT),
                "urging.make": Permission(_("Urge posts in charge"), OVERSIGHT),
                "urging.see": Permission(_("See urgings"), OVERSIGHT | STAFF | TASKED),
                "note.write": Permission(_("Write visit notes, guidance and findings"), OVERSIGHT),
                "note.see": Permission(_("See notes of overseers"), OVERSIGHT | STAFF | TASKED),
                "report.write": Permission(_("Write quarters' reports of oversight"), OVERSIGHT),
                "report.see": Permission(_("Read quarters' reports of oversight"), OVERSIGHT | STREET),
                "urging.answer": Permission(_("Answer urgings"), STAFF | TASKED),
            }
        )
        bring_facts(FACTS)
        bring_words(MESSAGES)
        bring_page("urging", "oversight:urging")
        bring_page("note", "oversight:note")
        declare_known("urging", urgings_known)
        declare_known("note", notes_known)
        bring_page("report", "oversight:report")
        declare_known("report", reports_known)
        GRID_PANELS.bring("oversight/_urgings.html", panel)
        GRID_PANELS.bring("oversight/_notes.html", notes_panel)
        bring_rail(Entry("oversight:home", _("Oversight"), "oversight.see", 60, "oversight"))
        bring_desks(Entry("oversight:urgings", _("Urgings"), "urging.answer", 90))
        bring_desks(Entry("oversight:notes", _("Visits and guidance"), "urging.answer", 91))
        bring_desks(Entry("oversight:reports", _("Oversight reports"), "report.see", 92))
