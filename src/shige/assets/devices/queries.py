"""What may be read of devices: the office's list, one device with its last events (R41)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from shige.matters import clock
from shige.matters.categories import category_name
from shige.matters.models import Matter
from shige.matters.workflow.actors import seen_by
from shige.trust.gate import Viewer, visible

from ..models.device import Device, DeviceEvent

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device as a line; ``silent`` is for how many hours nothing came, where that is too long, else 0."""

    device: Device
    heard_at: datetime | None
    silent: int


@dataclass(frozen=True, slots=True)
class DeviceDetail:
    """One device: what its events become as (type, name, category, severity), and the last that came."""

    row: DeviceRow
    rules: tuple[tuple[str, str, str, int], ...]
    events: tuple[DeviceEvent, ...]


def device_list(viewer: Viewer) -> list[DeviceRow]:
    """Return the devices of the areas of ``viewer``, those in use first. One statement."""
    return [_row(device) for device in _seen(viewer).order_by("-revoked_at", "name", "pk")]


def device_detail(viewer: Viewer, uid: str) -> DeviceDetail | None:
    """Return one device that ``viewer`` may see, with the events of which they may know. Three statements."""
    device = _seen(viewer).filter(uid=uid).first()
    if device is None:
        return None
    rules = device.rules.order_by("type").values_list("type", "name", "category", "least")
    named = tuple((type, name, category_name(code), least) for type, name, code, least in rules)
    events = device.events.filter(_known(viewer)).select_related("matter").order_by("-received_at", "-pk")
    return DeviceDetail(_row(device), named, tuple(events[:SHOWN]))


def device_in_use(uid: str) -> Device | None:
    """Return the device of an id that may send events."""
    return Device.objects.filter(uid=uid, revoked_at=None).first()


def _seen(viewer: Viewer) -> QuerySet[Device]:
    told = DeviceEvent.objects.filter(_known(viewer), device=OuterRef("pk")).order_by("-received_at")
    found = Device.objects.filter(visible(viewer, "device.manage"))
    return found.select_related("thing").annotate(heard_at=Subquery(told.values("received_at")[:1]))


def _known(viewer: Viewer) -> Q:
    """Return the filter of the events that became nothing, or a matter that ``viewer`` may see.

    What became one that is sealed from them was never heard, as far as they are told (P3).
    """
    return Q(matter=None) | Q(matter__in=Matter.objects.filter(seen_by(viewer)))


def _row(device: Device) -> DeviceRow:
    heard: datetime | None = device.heard_at  # type: ignore[attr-defined]
    quiet = clock.now() - (heard or device.registered_at)
    silent = quiet > timedelta(hours=device.silent_hours) and device.revoked_at is None
    return DeviceRow(device, heard, int(quiet.total_seconds() // 3600) if silent else 0)
