"""Take in what devices report: an alarm becomes a matter, or is added to the one that is open (R41)."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.language.masking import masked
from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.matters.report import DEVICE, Report
from shige.matters.sealing.commands.later_words import is_said_in
from shige.matters.workflow.workflows import DEVICE_SAYS
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ..models.device import Device, DeviceEvent, EventRule
from .commands import place_of

Outcome = DeviceEvent.Outcome


@dataclass(frozen=True, slots=True)
class EventIn:
    """An event as the device tells it; ``cleared`` says that an earlier alarm is over."""

    id: str
    type: str
    at: datetime
    severity: int
    cleared: bool = False
    value: float | None = None
    unit: str = ""
    text: str = ""


@transaction.atomic
def receive_event(viewer: Viewer, device: int, given: EventIn) -> DeviceEvent:
    """Keep an event of a device whose signature was checked, and let a matter come of it.

    The device's row is locked, so that of two events at once one files and the other adds. An id that came
    before returns what it led to then.

    Raises
    ------
    PermissionDenied
        The device was revoked in the meantime.
    ValidationError
        Nothing says what events of this type become.
    """
    sender = Device.objects.select_for_update().filter(pk=device, revoked_at=None).first()
    if sender is None:
        raise PermissionDenied("this device may send no more")
    known = sender.events.select_related("matter").filter(uid=given.id).first()
    if known is not None:
        return known
    rule = _rule(sender, given.type)
    outcome, matter = _led_to(viewer, sender, rule, given)
    return DeviceEvent.objects.create(
        device=sender,
        uid=given.id,
        type=given.type,
        severity=given.severity,
        cleared=given.cleared,
        value=given.value,
        unit=given.unit,
        text="" if matter is not None and matter.confidential else masked(given.text),
        at=given.at,
        received_at=clock.now(),
        outcome=outcome,
        matter=matter,
    )


def _rule(device: Device, type: str) -> EventRule:
    rules = {rule.type: rule for rule in device.rules.all()}
    if type not in rules:
        known = ", ".join(sorted(rules)) or "-"
        said = _("Events of this type are not mapped for this device; mapped are: %(known)s.")
        raise ValidationError({"type": said % {"known": known}})
    return rules[type]


def _led_to(viewer: Viewer, device: Device, rule: EventRule, given: EventIn) -> tuple[Outcome, Matter | None]:
    """Return what becomes of an event: kept, added to an open matter of its kind, or a new matter."""
    matters = _open_matters(device, given.type)
    if (not given.cleared and given.severity < rule.least) or (given.cleared and not matters):
        return Outcome.KEPT, None
    words = _words(device, rule, given)
    for matter in matters:
        if is_said_in(viewer, matter, DEVICE_SAYS, words):
            return (Outcome.CLEARED if given.cleared else Outcome.ADDED), matter
    report = Report(
        words, place_of(device.thing or device), rule.category, source=DEVICE,
        key=f"device {device.uid} {given.id}",
    )  # fmt: skip
    return Outcome.FILED, file_matter(viewer, report).matter


def _open_matters(device: Device, type: str) -> list[Matter]:
    """Return the open matters of earlier events, their rows locked, the least sealed and newest first.

    Of a merged one it is that into which it went.
    """
    came_of = Q(device_events__device=device, device_events__type=type)
    merged = Q(merged__device_events__device=device, merged__device_events__type=type)
    found = Matter.objects.filter(came_of | merged, open=True).values("pk")
    return list(Matter.objects.select_for_update().filter(pk__in=found, open=True).order_by("sealed", "-pk"))


def _words(device: Device, rule: EventRule, given: EventIn) -> str:
    """Say an event in a sentence, in the language of the jurisdiction."""
    value = "" if given.value is None else f"{given.value:g} {given.unit}".strip()
    with override(profile().language):
        over = _("the alarm is over") if given.cleared else ""
        said = " ".join(part for part in (over, value, masked(given.text)) if part)
        who = f"{device.name} {rule.name}"
        return _("%(who)s: %(said)s") % {"who": who, "said": said} if said else who
