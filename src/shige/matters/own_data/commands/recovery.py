"""The codes of ordinary matters, again for whoever has shown to hold the telephone that was left (P5).

Of a confidential or sealed matter nothing is given out and nothing is told, not even that it exists: whoever
holds the telephone may share it with the person it is about.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands import enqueue
from shige.trust.commands.vault import handles_under, keep_readings
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.models import OutboxMessage

from ...categories import category_name, may_be_public
from ...codes import code_digest, tracking_code
from ...merged import end_of
from ...models import Matter
from ...tracking.queries import is_device
from ...visibility.queries.record import OWN
from ...workflow.commands.steps import journal, lock_by_code
from ...workflow.proof import answer_code, proof_of

PHONE = "matter.phone"
RECEIPT = "matter.receipt"
"""The message that brings a code to its reporter's own telephone."""

MOST = 50


@dataclass(frozen=True, slots=True)
class Recovered:
    """One matter with its code, and the answer code where that is asked for as well."""

    code: str
    proof: str
    category: str
    reported_at: datetime


def ordinary_of(blind: bytes) -> list[Matter]:
    """Lock and return the ordinary matters with which a telephone (its blind index) was left."""
    left = Matter.objects.select_for_update(of=("self",)).filter(phone_handle__in=handles_under(PHONE, blind))
    newest = left.filter(confidential=False, sealed=0).order_by("-pk")
    return [matter for matter in newest[:MOST] if may_be_public(matter)]


@transaction.atomic
def codes_of(viewer: Viewer, blind: bytes) -> list[Recovered]:
    """Return the codes of a telephone's ordinary matters; that they were looked up goes on record."""
    found = ordinary_of(blind)
    with override(profile().language):
        why = _("to recover one's own codes")
    keep_readings(viewer, [one.phone_handle for one in found if one.phone_handle], why, OWN)
    return [_recovered(viewer, one) for one in found]


def _recovered(viewer: Viewer, matter: Matter) -> Recovered:
    ahead = end_of(matter.pk) if matter.merged_into_id else matter
    proof = answer_code(matter, ahead) if proof_of(matter, ahead) and ahead.solved_at else ""
    return Recovered(own_code(viewer, matter), proof, category_name(matter.category), matter.reported_at)


def own_code(viewer: Viewer, matter: Matter) -> str:
    """Return the code of a matter whose row the caller holds: only its hash is stored, so it is derived anew.

    A matter that came without a form of its own gets another code; the one before was never to be derived.
    """
    form = bytes(matter.idempotency_key) if matter.idempotency_key else None
    code = tracking_code(form)
    if code_digest(code) != bytes(matter.tracking_digest):
        matter.tracking_digest, matter.version = code_digest(code), matter.version + 1
        matter.save(update_fields=["tracking_digest", "version"])
        journal(viewer, "matter.code_renewed", matter)
    return code


@transaction.atomic
def send_code(viewer: Viewer, code: str, device_key: str) -> None:
    """Send the code to the telephone that was left, once, for the device that filed an ordinary matter.

    Raises
    ------
    PermissionDenied
        It was filed on another device.
    ValidationError
        Nothing is sent of this matter, or no telephone was left.
    """
    matter = lock_by_code(code)
    if not is_device(matter, device_key):
        raise PermissionDenied("another device filed it")
    if matter.phone_handle is None or not may_be_public(matter):
        raise ValidationError(_("Nothing is sent of this matter by message."))
    sent = OutboxMessage.objects.filter(kind=RECEIPT, subject_id=matter.number)
    if not sent.exists():
        enqueue(RECEIPT, "matter", matter.number, receiver_handle=matter.phone_handle)
