"""The room of service points as a Django app: what it brings to the office's pages."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class ServicePointsConfig(AppConfig):
    name = "shige.service_points"

    def ready(self) -> None:
        """Bring the desk and who keeps service points; declare what is kept of whoever books."""
        from shige.matters.file_names import hold_files
        from shige.trust.erasures import erase_again_with
        from shige.trust.journal_facts import bring_facts
        from shige.trust.navigation import Entry, bring_desks
        from shige.trust.permissions import OFFICE, Permission, bring_actions
        from shige.trust.personal import declare

        from .bookings.commands import ERASED, PHONE, erase_again
        from .facts import FACTS
        from .models import PointPhoto
        from .proposals.commands import CONTACT

        bring_actions({"service_point.edit": Permission(_("Keep service points"), OFFICE)})
        bring_facts(FACTS)
        bring_desks(Entry("service_points:points", _("Service points"), "service_point.edit", 115))
        declare(
            PHONE,
            gettext_noop("Telephone of whoever booked at a service point"),
            gettext_noop("to call where a booking cannot be kept"),
            timedelta(days=150),  # at most 90 ahead and 60 after it, as the profile has it
            indexed=True,
        )
        declare(
            CONTACT,
            gettext_noop("Telephone of whoever proposed a use for idle space"),
            gettext_noop("to talk the proposal over"),
            timedelta(days=180),
        )
        erase_again_with(ERASED, erase_again)
        hold_files(PointPhoto)
