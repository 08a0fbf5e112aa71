"""The trust room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    name = "shige.trust"

    def ready(self) -> None:
        """Declare what the journal vouches for, what must be erased, veiled addresses, its pages."""
        from django.urls import register_converter

        from .choice_errors import repeat_no_values
        from .commands import vault
        from .erasures import erase_again_with
        from .facts import FACTS
        from .journal_facts import bring_facts
        from .messages import bring_page, bring_words
        from .models import JournalEntry, VaultReading
        from .navigation import Entry, bring_rail
        from .permissions import CENTRE, OFFICE, OVERSIGHT, STAFF, STREET, Permission, bring_actions
        from .veil import VeiledKey
        from .vouched_rows import guarded_by, vouch_for

        repeat_no_values()
        bring_actions(
            {
                "team.see": Permission(_("See the team"), STAFF | OVERSIGHT),
                "team.edit": Permission(_("Edit the team"), OFFICE),
                "token.manage": Permission(_("Manage tokens"), CENTRE | STREET),
            }
        )
        bring_facts(FACTS)
        bring_page("account", "mfa_index", of_its_own=False)
        bring_page("appointment", "trust:post")
        bring_words(
            {
                "appointment.sealed": _(
                    "Somebody was appointed to a post that reads sealed matters. If you know of no reason,"
                    " ask whoever staffs it:"
                ),
                "account.reset_asked": _(
                    "Somebody asked for a new password for you. If you lost none, tell whoever is above you."
                ),
                "account.reset": _(
                    "Two people ended your old password and made a link by which you set a new one."
                    " If you lost none, tell whoever is above you at once."
                ),
                "account.password_set": _(
                    "Your password was set by a link. If it was not you, tell whoever is above you at once."
                ),
            }
        )
        register_converter(VeiledKey, "veiled")
        bring_rail(
            Entry("trust:team", _("Team"), "team.see", 80, "team"),
            Entry("trust:settings", _("Settings"), "token.manage", 100, "settings"),
        )
        erase_again_with(vault.ERASED, vault.erase_again)
        erase_again_with(vault.REPLACED, vault.erase_replaced)
        vouch_for(VaultReading, "salt", "handle", "person_id", "role", "reason", "at")
        guarded_by(
            JournalEntry,
            "journal_only_grows",
            "41027be52b3468e744101702aa4a2c2d83d66defc084ec57bbfcb7d342130907",
        )
        guarded_by(
            VaultReading,
            "readings_only_grow",
            "046c164c33193d33b2a3e0452926c378e9495933f15dfebe9e45951ccae8da48",
        )
