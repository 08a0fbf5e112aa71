"""The members' room as a Django app: what it brings to the office's pages."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class MembersConfig(AppConfig):
    name = "shige.members"

    def ready(self) -> None:
        """Bring the register into the rail, say what is kept of members and how it is deleted again."""
        from shige.redline.coverage.panels import COVERAGE_PANELS
        from shige.trust.erasures import erase_again_with
        from shige.trust.gate import may
        from shige.trust.journal_facts import bring_facts
        from shige.trust.message_subjects import declare_known
        from shige.trust.messages import bring_page, bring_words
        from shige.trust.navigation import Entry, bring_rail
        from shige.trust.permissions import SECRETARIES, STREET, Permission, bring_actions
        from shige.trust.personal import declare

        from .erasure import LEFT, REPLACED, erase_left, erase_replaced
        from .facts import FACTS
        from .messages import MESSAGES
        from .serving import serving_panel

        # Whoever declares reads that it goes no higher than the street.
        kept = SECRETARIES | STREET, frozenset({"community", "street"})
        bring_actions(
            {
                "member.see": Permission(_("See the members' register without names"), *kept),
                "member.open": Permission(_("Open and export contacts of the members' register"), *kept),
                "member.invite": Permission(_("Invite members and confirm their declarations"), *kept),
            }
        )
        bring_facts(FACTS)
        COVERAGE_PANELS.bring("members/_serving.html", serving_panel)
        bring_words(MESSAGES)
        bring_page("members", "members:waiting", of_its_own=False)
        declare_known("members", lambda viewer, ids: set(ids) if may(viewer, "member.invite") else set())
        bring_rail(Entry("members:register", _("Members' register"), "member.see", 72, "person"))
        held = timedelta(days=2 * 365)
        told = gettext_noop
        declare(
            "member.name",
            told("Name of whoever serves, in the register of members"),
            told("to know who offers help, for the secretary of the own organisation and the street"),
            held,
        )
        declare(
            "member.phone",
            told("Telephone of whoever serves, in the register of members"),
            told("to arrange the help that was offered"),
            held,
        )
        declare(
            "member.words",
            told("What they say of the help offered, in the register of members"),
            told("to find help that fits"),
            held,
        )
        erase_again_with(LEFT, erase_left)
        erase_again_with(REPLACED, erase_replaced)
