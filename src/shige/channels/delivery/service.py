"""Hand waiting messages to the operator's delivery service (``SHIGE_DELIVERY_URL``), such as SMS."""

import json
import urllib.request
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.matters.categories import may_be_public
from shige.matters.merged import end_of
from shige.matters.models import Matter
from shige.matters.own_data.commands.recovery import RECEIPT, own_code
from shige.matters.own_data.former import CHANGED, KEPT
from shige.matters.workflow.commands.steps import may_be_texted
from shige.matters.workflow.proof import answer_code, proof_of
from shige.trust.commands import mark_failed, mark_sent, reveal, take_due
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import OutboxMessage
from shige.trust.telephone_field import dialled

from ..resident.recovery import KIND, waiting

BATCH = 50
SECONDS = 10


def deliver_due() -> int:
    """Deliver what is due and return how many were taken; without an address everything keeps waiting.

    The service gets a POST of JSON (``to``, ``kind``, ``subject``, ``text``) with the message's own
    ``Idempotency-Key``, and answers 2xx once it has the message. A failure is tried again later.
    """
    if not settings.SHIGE_DELIVERY_URL:
        return 0
    sent = 0
    for message in take_due(BATCH, first=[KIND]):
        try:
            _deliver(message)
        except (OSError, ValueError, LookupError) as error:
            mark_failed(message, f"{type(error).__name__}: {error}")
        else:
            mark_sent(message)
            sent += 1
    return sent


def text_of(message: OutboxMessage) -> str:
    """Return what the receiver reads, in the jurisdiction's language; nothing that others may not read."""
    with override(profile().language):
        if message.kind == KIND:
            return _one_time(message)
        if message.kind == RECEIPT:
            return _receipt(message)
        if message.kind == CHANGED:
            return _changed(message)
        if message.kind == "matter.solved":
            return _solved(message)
        if message.kind == "matter.praised":
            return _("Your thanks were passed on. You find what they say on its page.")
        if message.kind == "matter.news":
            return _("There is news about a matter that you follow. Please look at its page.")
        said = _("There is news about your matter %(number)s.")
        return said % {"number": message.subject_id}


def _changed(message: OutboxMessage) -> str:
    """Return the words to the telephone before; no code, and nothing of what it is about."""
    said = _(
        "Another telephone was set for your matter %(number)s. If that was not you: set yours again within "
        "%(days)d days, with your tracking code and this telephone."
    )
    return said % {"number": message.subject_id, "days": KEPT.days}


def _solved(message: OutboxMessage) -> str:
    """Return the question; with the answer code where the office knows the code of the page (R25)."""
    number = message.subject_id
    said = _("Your matter %(number)s was reported as solved. Please say on its page whether it is.")
    matter = Matter.objects.filter(number=number).first()
    ahead = None if matter is None else end_of(matter.pk)
    if matter is None or proof_of(matter, ahead) != "code":
        return said % {"number": number}
    asked = _("Your answer code is %(code)s; give it to nobody, nor to the office.")
    return f"{said} {asked}" % {"number": number, "code": answer_code(matter, ahead)}


def _one_time(message: OutboxMessage) -> str:
    """Return the words with a one-time code; LookupError once it is used or too old."""
    code = waiting(message.subject_id)
    if not code:
        raise LookupError("the one-time code is no longer valid")
    return _("Your code is %(code)s. It is valid for ten minutes. Give it to nobody.") % {"code": code}


@transaction.atomic
def _receipt(message: OutboxMessage) -> str:
    """Return the words with a tracking code; LookupError where nothing may be sent of the matter any more."""
    matter = Matter.objects.select_for_update().filter(number=message.subject_id).first()
    if matter is None or not may_be_public(matter):
        raise LookupError("nothing is sent of this matter")
    code = own_code(SYSTEM, matter)
    address = settings.SHIGE_PUBLIC_ADDRESS.rstrip("/")
    link = f"{address}{reverse('channels:tracking', args=[code])}" if address else code
    return _("Follow your matter here: %(link)s") % {"link": link}


def _deliver(message: OutboxMessage) -> None:
    handle = message.receiver_handle
    if handle is None:
        raise LookupError("the message has no telephone")
    _must_be_sendable(message)
    with override(profile().language):
        why = _("to send a message")
    telephone = reveal(SYSTEM, [handle], why).get(handle)
    if telephone is None:
        raise LookupError("the telephone is no longer kept")
    body = {
        "to": dialled(telephone),
        "kind": message.kind,
        "subject": message.subject_id,
        "text": text_of(message),
    }
    _post(settings.SHIGE_DELIVERY_URL, json.dumps(body).encode(), f"shige-{message.pk}")


def _must_be_sendable(message: OutboxMessage) -> None:
    """Refuse what waited while its matter was sealed, with LookupError (P3, P4)."""
    if message.subject_type != "matter":
        return
    matter = Matter.objects.filter(number=message.subject_id).first()
    if matter is None or not may_be_texted(matter) or (message.kind == "matter.news" and matter.sealed):
        raise LookupError("nothing is sent of this matter")


def _post(url: str, body: bytes, key: str) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("SHIGE_DELIVERY_URL is an http or https address")
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 (scheme checked above)
    with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
        pass
