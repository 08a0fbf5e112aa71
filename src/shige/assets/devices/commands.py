"""Register devices, say what their events become, and revoke them (R41)."""

import re
import secrets
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.filing.location import location_of
from shige.matters.report import Place
from shige.profile import Category
from shige.territory.lineage import lineage_of_row
from shige.territory.models import Thing
from shige.territory.things.queries import seen_things
from shige.trust.commands import record
from shige.trust.form_text import filled
from shige.trust.gate import Viewer, may, require
from shige.trust.jurisdiction import profile
from shige.trust.outside_vault import locked_away

from ..facts import DeviceChanged
from ..models.device import Device, EventRule, Severity

NAME_LIMIT: Final = 80
TYPE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
SILENT_MOST: Final = 24 * 90


@dataclass(frozen=True, slots=True)
class DeviceIn:
    """A device at a thing of the register, or at a place."""

    name: str
    thing: str = ""
    place: Place | None = None
    silent_hours: int = 24


@dataclass(frozen=True, slots=True)
class RuleIn:
    """What events of a type become: a matter of ``category``, from the severity ``least`` on."""

    type: str
    name: str
    category: str
    least: int = Severity.WARNING


@transaction.atomic
def register_device(viewer: Viewer, given: DeviceIn) -> tuple[Device, str]:
    """Register a device; its secret is returned this once.

    Raises
    ------
    ValidationError
        By field: what is missing, or the place lies outside every grid or outside the area of ``viewer``.
    """
    require(viewer, "device.manage")
    name = filled("name", given.name, NAME_LIMIT)
    if not 1 <= given.silent_hours <= SILENT_MOST:
        said = _("Between 1 and %(count)d hours.") % {"count": SILENT_MOST}
        raise ValidationError({"silent_hours": said})
    thing = _thing(viewer, given.thing) if given.thing else None
    location = location_of(place_of(thing) if thing else given.place or Place())
    line = location.lineage
    if line.community is None or location.lon is None or location.lat is None:
        raise ValidationError({"place": _("This place lies outside every grid.")})
    if not may(viewer, "device.manage", line):
        raise ValidationError({"place": _("This place is not in your area.")})
    uid, secret = f"dev-{secrets.token_hex(6)}", secrets.token_urlsafe(32)
    key, sealed = locked_away(secret.encode(), uid)
    device = Device.objects.create(
        uid=uid,
        name=name,
        thing=thing,
        place=location.address,
        lon=location.lon,
        lat=location.lat,
        district_id=line.district,
        street_id=line.street,
        community_id=line.community,
        general_id=line.general,
        leaf_id=line.leaf,
        key_id=key,
        sealed=sealed,
        silent_hours=given.silent_hours,
        registered_at=clock.now(),
    )
    _journal(viewer, "device.registered", device)
    return device, secret


@transaction.atomic
def revoke_device(viewer: Viewer, uid: str) -> Device:
    """Take a device's right to raise events away at once; what it sent stays."""
    device = _locked(viewer, uid)
    device.revoked_at = clock.now()
    return _changed(viewer, "device.revoked", device)


@transaction.atomic
def map_events(viewer: Viewer, uid: str, given: RuleIn) -> EventRule:
    """Say what events of a type become; what was said of the type before is replaced.

    Raises
    ------
    ValidationError
        The type is not written as the protocol writes it, or the category is none that devices may file.
    """
    device = _locked(viewer, uid)
    if not TYPE.fullmatch(given.type):
        raise ValidationError({"type": _("Letters, digits, dots, dashes and underscores only.")})
    if given.category not in {category.code for category in categories_of_devices()}:
        raise ValidationError({"category": _("Devices do not file under this category.")})
    told = {"name": filled("name", given.name, 60), "category": given.category, "least": given.least}
    rule, _made = EventRule.objects.update_or_create(device=device, type=given.type, defaults=told)
    _changed(viewer, "device.mapped", device)
    return rule


@transaction.atomic
def unmap_events(viewer: Viewer, uid: str, type: str) -> None:
    """Let events of a type be refused from now on."""
    device = _locked(viewer, uid)
    device.rules.filter(type=type).delete()
    _changed(viewer, "device.unmapped", device)


def categories_of_devices() -> list[Category]:
    """Return the sub-categories that a device may file under: those that are about no person."""
    return [leaf for leaf in profile().leaf_categories if leaf.impersonal]


def place_of(where: Thing | Device) -> Place:
    """Return where a thing or a device stands, as a report says it."""
    return Place(where.lon, where.lat, address=where.place)


def _thing(viewer: Viewer, code: str) -> Thing:
    thing = seen_things(viewer).filter(code=code.strip(), retired_on=None).first()
    if thing is None:
        raise ValidationError({"thing": _("There is no such thing on the register of your area.")})
    return thing


def _locked(viewer: Viewer, uid: str) -> Device:
    device = Device.objects.select_for_update().filter(uid=uid, revoked_at=None).first()
    if device is None:
        raise PermissionDenied("no such device here")
    require(viewer, "device.manage", lineage_of_row(device))
    return device


def _changed(viewer: Viewer, verb: str, device: Device) -> Device:
    device.version += 1
    device.save(update_fields=["revoked_at", "version"])
    _journal(viewer, verb, device)
    return device


def _journal(viewer: Viewer, verb: str, device: Device) -> None:
    rules: dict[str, list[str | int]] = {
        rule.type: [rule.category, rule.least] for rule in device.rules.all()
    }
    fact = DeviceChanged(uid=device.uid, rules=rules)
    record(viewer, verb, "device", device.pk, device.version, lineage_of_row(device), fact)
