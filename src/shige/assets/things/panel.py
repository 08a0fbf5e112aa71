"""What the page of a matter says of the thing at which a defect or an alarm is."""

from django.forms import Form

from shige.matters.models import Matter
from shige.matters.report import DEVICE, INSPECTION
from shige.trust.gate import Viewer

from ..inspections.queries import thing_of


def thing_on_page(viewer: Viewer, matter: Matter, failed: Form | None, action: str) -> dict[str, object]:
    """Return the thing; nothing of what neither an inspection nor a device has filed."""
    thing = thing_of(matter) if matter.source in (DEVICE, INSPECTION) else None
    return {"thing": thing} if thing else {}
