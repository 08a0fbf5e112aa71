"""State of things in public space: the devices that watch them, and the inspections of them."""

from .device import Device, DeviceEvent, EventRule, Severity
from .inspection import Inspection

__all__ = ["Device", "DeviceEvent", "EventRule", "Inspection", "Severity"]
