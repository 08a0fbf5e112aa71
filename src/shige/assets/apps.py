"""The room of things in public space as a Django app: what it brings to the office's pages."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.forms import Form

    from shige.matters.models import Matter
    from shige.trust.gate import Viewer


class AssetsConfig(AppConfig):
    name = "shige.assets"

    def ready(self) -> None:
        """Bring the desks, and what a matter's page says of the thing that it is about."""
        from shige.matters.pages.panels import Panel, bring_panel
        from shige.trust.navigation import Entry, bring_desks

        bring_desks(
            Entry("assets:things", _("Register of things"), "thing.see", 110),
            Entry("assets:devices", _("Devices"), "device.manage", 120),
        )
        bring_panel(Panel("assets/thing_fact.html", "facts", thing_on_page))


def thing_on_page(
    viewer: "Viewer", matter: "Matter", failed: "Form | None", action: str
) -> dict[str, object]:
    """Return the thing at which a matter's defect or alarm is; nothing of other matters."""
    from shige.matters.report import DEVICE, INSPECTION

    from .inspections.queries import thing_of

    thing = thing_of(matter) if matter.source in (DEVICE, INSPECTION) else None
    return {"thing": thing} if thing else {}
