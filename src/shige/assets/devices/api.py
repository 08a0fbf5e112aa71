"""Devices for programs of the staff: the list, one device, what its events become (R41)."""

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from shige.trust.asked_fields import AskedField, asked_by, filled, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted

from ..things.forms import DeviceForm, EventRuleForm
from . import commands
from .queries import DeviceDetail, DeviceRow, device_detail, device_list

router = Router(tags=["devices"], auth=STAFF_AUTH)


class DeviceOut(Schema):
    """One device; `silent`: for how many hours too long nothing came, else 0."""

    uid: str
    name: str
    place: str
    thing: str | None
    registered_at: datetime
    revoked_at: datetime | None
    heard_at: datetime | None
    silent: int


class RuleOut(Schema):
    """What events of a type become, from a severity on."""

    type: str
    name: str
    category: str
    least: int


class DeviceEventOut(Schema):
    """An event that came; `matter` is told to whoever sees it."""

    received_at: datetime
    type: str
    severity: int
    cleared: bool
    value: float | None
    unit: str
    text: str
    outcome: str
    matter: str | None


class DeviceDetailOut(DeviceOut):
    """One device, what its events become, and the last of them."""

    rules: list[RuleOut]
    events: list[DeviceEventOut]


class RegisteredOut(DeviceDetailOut):
    """A new device; its secret is in this one answer and nowhere else."""

    secret: str


class DeviceIn(Schema, extra="forbid"):
    """A new device: at a thing of the register, or at a place."""

    name: str
    silent_hours: int
    thing: str | None = None
    lon: float | None = None
    lat: float | None = None


class RuleIn(Schema, extra="forbid"):
    """What events of a type become."""

    type: str
    name: str
    category: str
    least: int


@router.get("/devices", response=list[DeviceOut], url_name="devices")
def all_devices(request: HttpRequest) -> list[dict[str, object]]:
    """List the devices of the caller's areas, and which of them are silent."""
    return [_device_line(row) for row in device_list(admitted(request, "device.manage"))]


@router.post("/devices", response={201: RegisteredOut}, url_name="device_new")
def register_device(request: HttpRequest, given: DeviceIn) -> Status[dict[str, object]]:
    """Register a device; its secret is told this once."""
    viewer = admitted(request, "device.manage")
    made, secret = commands.register_device(viewer, filled(DeviceForm(values_in(given))).given())
    return Status(201, {**_device_told(viewer, made.uid), "secret": secret})


@router.get("/devices/{uid}", response=DeviceDetailOut, url_name="device")
def device(request: HttpRequest, uid: str) -> dict[str, object]:
    """Return one device, what its events become, and the last of them."""
    return _device_told(admitted(request, "device.manage"), uid)


@router.get("/devices/{uid}/rules/new", response=list[AskedField], url_name="rule_asked")
def rule_asked(request: HttpRequest, uid: str) -> list[AskedField]:
    """Return what is asked of a type of event."""
    _device(admitted(request, "device.manage"), uid)
    return asked_by(EventRuleForm())


@router.post("/devices/{uid}/rules", response=DeviceDetailOut, url_name="device_map")
def map_events(request: HttpRequest, uid: str, given: RuleIn) -> dict[str, object]:
    """Say what events of a type become; what was said of the type before is replaced."""
    viewer = admitted(request, "device.manage")
    _device(viewer, uid)
    commands.map_events(viewer, uid, filled(EventRuleForm(values_in(given))).given())
    return _device_told(viewer, uid)


@router.delete("/devices/{uid}/rules/{type}", response=DeviceDetailOut, url_name="device_unmap")
def unmap_events(request: HttpRequest, uid: str, type: str) -> dict[str, object]:
    """Refuse events of a type from now on."""
    viewer = admitted(request, "device.manage")
    _device(viewer, uid)
    commands.unmap_events(viewer, uid, type)
    return _device_told(viewer, uid)


@router.post("/devices/{uid}/revoke", response=DeviceDetailOut, url_name="device_revoke")
def revoke_device(request: HttpRequest, uid: str) -> dict[str, object]:
    """Take a device's right to raise events away; what it sent stays."""
    viewer = admitted(request, "device.manage")
    _device(viewer, uid)
    commands.revoke_device(viewer, uid)
    return _device_told(viewer, uid)


def _device(viewer: Viewer, uid: str) -> DeviceDetail:
    found = device_detail(viewer, uid)
    if found is None:
        raise Http404
    return found


def _device_line(row: DeviceRow) -> dict[str, object]:
    found = row.device
    same = ("uid", "name", "place", "registered_at", "revoked_at")
    return {
        **{name: getattr(found, name) for name in same},
        "thing": found.thing.code if found.thing else None,
        "heard_at": row.heard_at,
        "silent": row.silent,
    }


def _device_told(viewer: Viewer, uid: str) -> dict[str, object]:
    found = _device(viewer, uid)
    same = ("received_at", "type", "severity", "cleared", "value", "unit", "text", "outcome")
    return {
        **_device_line(found.row),
        "rules": [
            dict(zip(("type", "name", "category", "least"), rule, strict=True)) for rule in found.rules
        ],
        "events": [
            {
                **{name: getattr(event, name) for name in same},
                "matter": event.matter.number if event.matter else None,
            }
            for event in found.events
        ],
    }
