"""The one end-point of devices (R41): each event is signed, counts once, and becomes or joins a matter."""

import hashlib
import hmac
import time
from datetime import datetime
from typing import Any, Final, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.security.apikey import APIKeyHeader
from pydantic import AwareDatetime

from shige.assets.devices.events import EventIn, receive_event
from shige.assets.devices.queries import device_in_use
from shige.assets.models.device import SEVERITIES, Device
from shige.trust.gate import PUBLIC
from shige.trust.outside_vault import taken_out

from ..rates import address_of, count_request

FRESH_SECONDS: Final = 300
"""How far the clock of a device may be off."""

STAMP_MOST: Final = 12
"""Digits of a time in seconds."""

BODY_MOST: Final = 16 * 1024

STORABLE: Final = r"^[^\x00]*$"
"""Text without the one character that no database takes."""

router = Router(tags=["devices"])


class Signed(APIKeyHeader):
    """A device that signs what it sends: its id, the time and an HMAC-SHA-256 over time and body.

    Whatever is wrong, the answer is the same: nobody learns which devices there are. Whoever fails too often
    is stopped by address, so that nobody can use up the minute of a device that is not theirs.
    """

    param_name = "X-Shige-Device"

    def authenticate(self, request: HttpRequest, key: str | None) -> Device | None:
        """Return the device, or nothing."""
        device = device_in_use(key or "")
        if not signed_by(device, request):
            count_request("unsigned", address_of(request))
            return None
        count_request("device", key or "")
        return device


def signed_by(device: Device | None, request: HttpRequest) -> bool:
    """Say whether a request carries the device's signature, made within the last five minutes.

    An unknown device is compared with as well: the time of the answer tells nothing.
    """
    if len(request.body) > BODY_MOST:
        raise HttpError(413, f"An event has at most {BODY_MOST} bytes.")
    secret = taken_out(device.key_id, bytes(device.sealed), device.uid) if device else b""
    written = request.headers.get("X-Shige-Timestamp", "")
    expected = hmac.digest(secret, written.encode() + b"." + request.body, hashlib.sha256).hex()
    given = request.headers.get("X-Shige-Signature", "")
    matches = hmac.compare_digest(expected.encode(), given.encode())
    fresh = (
        len(written) <= STAMP_MOST
        and written.isdecimal()
        and abs(time.time() - int(written)) <= FRESH_SECONDS
    )
    return device is not None and matches and fresh


class DeviceEventIn(Schema):
    """An event, in the manner of CloudEvents. ``state`` is ``clear`` where an earlier alarm is over."""

    id: str = Field(min_length=1, max_length=80, pattern=STORABLE)
    type: str = Field(min_length=1, max_length=60)
    time: AwareDatetime
    severity: Literal["notice", "warning", "alarm"] = "alarm"
    state: Literal["raised", "clear"] = "raised"
    value: float | None = None
    unit: str = Field(default="", max_length=20, pattern=STORABLE)
    text: str = Field(default="", max_length=200, pattern=STORABLE)


class ReceiptOut(Schema):
    """What became of the event; the same id gets the same receipt."""

    id: str
    outcome: Literal["filed", "added", "cleared", "kept"]
    matter: str | None = Field(description="number of the matter; null where the event was only kept")
    received_at: datetime


@router.post("/events", response=ReceiptOut, auth=Signed(), url_name="device_event")
def take_event(request: HttpRequest, given: DeviceEventIn) -> dict[str, Any]:
    """Take one event of a device; an event of a type that nobody mapped is refused."""
    device: Device = request.auth  # type: ignore[attr-defined]
    told = EventIn(
        id=given.id,
        type=given.type,
        at=given.time,
        severity=SEVERITIES[given.severity],
        cleared=given.state == "clear",
        value=given.value,
        unit=given.unit,
        text=given.text,
    )
    try:
        event = receive_event(PUBLIC, device.pk, told)
    except PermissionDenied as error:
        raise AuthenticationError from error
    return {
        "id": event.uid,
        "outcome": event.outcome,
        "matter": event.matter.number if event.matter else None,
        "received_at": timezone.localtime(event.received_at),
    }
