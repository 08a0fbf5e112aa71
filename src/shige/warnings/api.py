"""Warnings ahead and weather signals for programs of the staff, such as a reader of bulletins (R25)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer, may
from shige.trust.page_access import STAFF_AUTH, admitted, viewer_in
from shige.trust.veil import unveiled, veiled

from .commands.warning import dismiss_proposal, send_warning, withdraw_warning
from .commands.weather import SignalIn, enter_signal, lift_signal
from .forms import WarningForm
from .models import SentWarning, WeatherSignal
from .queries.in_force import (
    dismissed_in,
    offices_of,
    outcome_of,
    over_seen,
    standing_seen,
    stands,
    warnings_seen,
)
from .queries.proposals import Proposal, proposals_for, signals_over

weather_router = Router(tags=["weather"], auth=STAFF_AUTH)
router = Router(tags=["warnings"], auth=STAFF_AUTH)


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


class OfficeOut(Schema):
    """An own area for which the caller sends warnings."""

    code: str
    name: str


class ProposalOut(Schema):
    """What could be warned of: the words to edit, why, where, and until when."""

    id: str
    title: str
    text: str
    title_other: str
    text_other: str
    evidence: str
    categories: list[str]
    place: str
    ends: datetime


class DismissedOut(Schema):
    """What was put aside, by whom and why."""

    title: str
    reason: str
    post: str
    person: str
    until: datetime


class DeskOut(OfficeOut):
    """What is proposed for an office today, the signals in force, and what it has put aside."""

    proposals: list[ProposalOut]
    signals: list[SignalOut]
    dismissed: list[DismissedOut]


class WarningOut(Schema):
    """A warning as residents read it, and how many grids and posts it reached."""

    id: str
    title: str
    text: str
    office: str
    places: list[str]
    sent_at: datetime
    until: datetime
    withdrawn_at: datetime | None
    grids: int
    posts: int


class OutcomeOut(Schema):
    """What came in while a warning stood, and in the same days last year."""

    came: int
    last_year: int


class WarningDetailOut(WarningOut):
    """One warning; `outcome` is told to its office once it is over."""

    post: str
    person: str
    categories: list[str]
    may_withdraw: bool
    outcome: OutcomeOut | None


class WarningsOut(Schema):
    """The warnings that the caller sees, the newest first."""

    standing: list[WarningOut]
    over: list[WarningOut]


class WarningGiven(Schema, extra="forbid"):
    """What is sent; `GET …/new` names the areas, and `proposal` is the id of what it came from."""

    title: str
    text: str
    areas: list[str]
    until: datetime
    title_other: str | None = None
    text_other: str | None = None
    proposal: str | None = None


class DismissalIn(Schema, extra="forbid"):
    """A proposal, and why it is put aside."""

    proposal: str
    reason: str


@weather_router.post("/signals", response={201: SignalOut}, url_name="enter_signal")
def enter(request: HttpRequest, given: SignalGiven) -> Status[WeatherSignal]:
    """Enter a signal: the offices are told and a warning is proposed; nothing goes to residents by itself."""
    area = next((one for one in offices_of(viewer_in(request)) if one.code == given.area), None)
    if area is None:
        raise ValidationError({"area": _("This is no area of your own office.")})
    if is_naive(given.since) or is_naive(given.until):
        raise ValidationError({"since": _("A moment needs its zone, as in 2026-07-01T08:00:00+08:00.")})
    said: dict[str, Any] = given.dict(exclude={"area"})
    return Status(201, enter_signal(viewer_in(request), area, SignalIn(**said)))


@weather_router.post("/signals/{veiled:pk}/lift", response=SignalOut, url_name="lift_signal")
def lift(request: HttpRequest, pk: int) -> WeatherSignal:
    """End a signal before its time."""
    return lift_signal(viewer_in(request), pk)


@router.get("", response=WarningsOut, url_name="warnings")
def warnings(request: HttpRequest) -> dict[str, object]:
    """List the warnings that stand where the caller serves, and those that are over."""
    viewer = admitted(request, "matter.see")
    return {
        "standing": [_line(one) for one in standing_seen(viewer)],
        "over": [_line(one) for one in over_seen(viewer)],
    }


@router.get("/offices", response=list[OfficeOut], url_name="warning_offices")
def offices(request: HttpRequest) -> list[Area]:
    """Return the areas for which the caller sends warnings."""
    return offices_of(admitted(request, "warning.send"))


@router.get("/offices/{code}", response=DeskOut, url_name="warning_desk")
def desk(request: HttpRequest, code: str) -> dict[str, object]:
    """Return what is proposed for an office today."""
    viewer = admitted(request, "warning.send")
    office = _office(viewer, code)
    return {
        "code": office.code,
        "name": office.name,
        "proposals": [_proposed(one) for one in proposals_for(viewer, office)],
        "signals": signals_over(office),
        "dismissed": [
            {
                "title": title,
                "reason": one.reason,
                "post": one.post.name if one.post else "",
                "person": one.person.service_name if one.person else "",
                "until": one.until,
            }
            for title, one in dismissed_in(office)
        ],
    }


@router.get("/offices/{code}/new", response=list[AskedField], url_name="warning_asked")
def asked(request: HttpRequest, code: str) -> list[AskedField]:
    """Return what a warning of an office asks for."""
    return asked_by(WarningForm(_office(admitted(request, "warning.send"), code), None))


@router.post("/offices/{code}", response={201: WarningDetailOut}, url_name="warning_send")
def send(request: HttpRequest, code: str, given: WarningGiven) -> Status[dict[str, object]]:
    """Send a warning to the residents and field workers of some parts of an office's area."""
    viewer = admitted(request, "warning.send")
    office = _office(viewer, code)
    sent = values_in(given)
    key = _key_of(sent.pop("proposal", ""))
    form = WarningForm(office, None, sent)
    cleaned(form, sent)
    made = send_warning(viewer, office, form.given(key))
    return Status(201, _told(viewer, made.pk))


@router.post("/offices/{code}/dismissed", response={204: None}, url_name="warning_dismiss")
def dismiss(request: HttpRequest, code: str, given: DismissalIn) -> Status[None]:
    """Put a proposal aside, with the reason."""
    viewer = admitted(request, "warning.send")
    dismiss_proposal(viewer, _office(viewer, code), _key_of(given.proposal), given.reason)
    return Status(204, None)


@router.get("/{veiled:pk}", response=WarningDetailOut, url_name="warning")
def one(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return one warning."""
    return _told(admitted(request, "matter.see"), pk)


@router.post("/{veiled:pk}/withdraw", response=WarningDetailOut, url_name="warning_withdraw")
def withdraw(request: HttpRequest, pk: int) -> dict[str, object]:
    """Take a warning back before its time."""
    viewer = admitted(request, "warning.send")
    get_object_or_404(warnings_seen(viewer), pk=pk)
    try:
        withdraw_warning(viewer, pk)
    except PermissionDenied as error:
        raise Http404 from error
    return _told(viewer, pk)


def _office(viewer: Viewer, code: str) -> Area:
    found = next((area for area in offices_of(viewer) if area.code == code), None)
    if found is None:
        raise Http404
    return found


def _key_of(proposal: str) -> str:
    """Return the key of a proposal, which may hold a running key, from its id."""
    try:
        return unveiled("proposal", proposal) if proposal else ""
    except ValueError:
        said = _("This proposal was sent or put aside already. Load the page again.")
        raise ValidationError({"proposal": said}) from None


def _proposed(found: Proposal) -> dict[str, object]:
    same = ("title", "text", "title_other", "text_other", "evidence", "categories", "ends")
    told = {name: getattr(found, name) for name in same}
    return told | {"id": veiled("proposal", found.key), "place": found.place.name}


def _line(warning: SentWarning) -> dict[str, object]:
    same = ("sent_at", "until", "withdrawn_at", "grids", "posts")
    return {
        **{name: getattr(warning, name) for name in same},
        "id": veiled("key", str(warning.pk)),
        "title": warning.said_title,
        "text": warning.said_text,
        "office": warning.area.name,
        "places": [area.name for area in sorted(warning.areas.all(), key=lambda area: area.code)],
    }


def _told(viewer: Viewer, pk: int) -> dict[str, object]:
    seen = warnings_seen(viewer).select_related("area", "post", "person")
    found = get_object_or_404(seen, pk=pk)
    return {
        **_line(found),
        "post": found.post.name if found.post else "",
        "person": found.person.service_name if found.person else "",
        "categories": found.categories,
        "may_withdraw": stands(found) and may(viewer, "warning.send", lineage_of(found.area)),
        "outcome": outcome_of(viewer, found),
    }
