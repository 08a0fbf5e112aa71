"""Weather signals from a program of the office, such as a reader of the weather service's bulletins (R25)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from shige.trust.page_access import STAFF_AUTH, viewer_in
from shige.trust.veil import veiled

from .commands.weather import SignalIn, enter_signal, lift_signal
from .models import WeatherSignal
from .queries.in_force import offices_of

router = Router(tags=["weather"], auth=STAFF_AUTH)


class SignalGiven(Schema):
    """A signal as it was issued; moments with their zone."""

    area: str = Field(description="12-digit code of the caller's own district, street or community")
    kind: str = Field(description="code of a kind of weather in the profile")
    colour: str
    since: datetime
    until: datetime
    reference: str = Field(
        "",
        max_length=60,
        pattern=r"^[\w.:/-]*$",
        description="the issuer's number: sent again it is not doubled",
    )


class SignalOut(Schema):
    """A signal as it stands here."""

    id: str = Field(description="tells nothing of other signals")
    kind: str
    colour: str
    since: datetime
    until: datetime
    lifted_at: datetime | None

    @staticmethod
    def resolve_id(signal: WeatherSignal) -> str:
        """Return the key as addresses have it."""
        return veiled("key", str(signal.pk))


@router.post("/signals", response={201: SignalOut}, url_name="enter_signal")
def enter(request: HttpRequest, given: SignalGiven) -> Status[WeatherSignal]:
    """Enter a signal: the offices are told and a warning is proposed; nothing goes to residents by itself."""
    area = next((one for one in offices_of(viewer_in(request)) if one.code == given.area), None)
    if area is None:
        raise ValidationError({"area": _("This is no area of your own office.")})
    if is_naive(given.since) or is_naive(given.until):
        raise ValidationError({"since": _("A moment needs its zone, as in 2026-07-01T08:00:00+08:00.")})
    said: dict[str, Any] = given.dict(exclude={"area"})
    return Status(201, enter_signal(viewer_in(request), area, SignalIn(**said)))


@router.post("/signals/{veiled:pk}/lift", response=SignalOut, url_name="lift_signal")
def lift(request: HttpRequest, pk: int) -> WeatherSignal:
    """End a signal before its time."""
    return lift_signal(viewer_in(request), pk)
