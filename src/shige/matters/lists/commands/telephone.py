"""Find matters by the reporter's telephone: nothing is opened, but who looked and why is kept (P5, P7)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands import record
from shige.trust.commands.vault import handles_of, keep_readings
from shige.trust.form_text import filled
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import profile
from shige.trust.telephone_field import telephone

from ...facts import TelephoneLookedUp
from ...handling.commands.contact import roles_of
from ...models import Matter
from ...workflow.actors import may_open, owned_by_viewer, seen_in_area
from ...workflow.commands.steps import journal

MOST = 50
REASON_LIMIT = 120


@transaction.atomic
def find_by_phone(viewer: Viewer, phone: str, reason: str) -> list[Matter]:
    """Return the matters of a telephone whose contact ``viewer`` may open, the newest first.

    The journal says that this person looked, and at which matters; never the number. Why is kept among the
    readings of each matter that was found.

    Raises
    ------
    PermissionDenied
        ``viewer`` may open contacts nowhere.
    ValidationError
        By field: this is no telephone number, or no reason is given.
    """
    require(viewer, "contact.reveal")
    number = telephone(phone)
    if not number:
        raise ValidationError({"phone": _("Please fill this in.")})
    said = filled("reason", reason, REASON_LIMIT)
    here = seen_in_area(viewer, "contact.reveal") | owned_by_viewer(viewer)
    handles = handles_of("matter.phone", number)
    known = Matter.objects.select_for_update(of=("self",)).filter(here, phone_handle__in=handles)
    found = [matter for matter in known.order_by("-reported_at", "-pk") if may_open(viewer, matter)][:MOST]
    with override(profile().language):
        why = _("Found by telephone, nothing opened: %(reason)s") % {"reason": said}
    read = [matter.phone_handle for matter in found if matter.phone_handle]
    keep_readings(viewer, read, why, roles_of(viewer), verb="vault.found")
    record(viewer, "vault.looked_up", "person", viewer.person, 1, fact=TelephoneLookedUp(found=len(found)))
    for matter in found:
        journal(viewer, "matter.found_by_phone", matter)
    return found
