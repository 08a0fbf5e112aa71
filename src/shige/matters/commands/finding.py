"""Find matters by the reporter's telephone: nothing is opened, but that somebody looked is on record (P7)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shige.trust.commands import record
from shige.trust.commands.vault import handles_of
from shige.trust.gate import Viewer, require, visible

from ..acting import own_posts
from ..models import Matter
from .filing import telephone
from .stepping import journal

MOST = 50


@transaction.atomic
def find_by_phone(viewer: Viewer, phone: str) -> list[Matter]:
    """Return the matters of a telephone where ``viewer`` may open contacts, the newest first.

    The journal says that this person looked, and at which matters; never the number.

    Raises
    ------
    PermissionDenied
        ``viewer`` may open contacts nowhere.
    ValidationError
        This is no telephone number.
    """
    require(viewer, "contact.reveal")
    number = telephone(phone)
    if not number:
        raise ValidationError({"phone": _("This is no telephone number.")})
    here = visible(viewer, "contact.reveal", sealable=True) | Q(owner__in=sorted(own_posts(viewer)))
    handles = handles_of("matter.phone", number)
    found = Matter.objects.select_for_update(of=("self",)).filter(here, phone_handle__in=handles)
    matters = list(found.order_by("-reported_at", "-pk")[:MOST])
    record(viewer, "vault.looked_up", "person", viewer.person, 1, facts={"found": len(matters)})
    for matter in matters:
        journal(viewer, "matter.found_by_phone", matter)
    return matters
