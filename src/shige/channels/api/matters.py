"""The public end-points: report a matter and follow it, without an account."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Header, Router, Schema, Status

from shige.language.address import read_address, without_door
from shige.matters.categories import as_chosen
from shige.matters.danger import Answers, Staff
from shige.matters.filing.checks import ADDRESS_LIMIT
from shige.matters.filing.commands.filing import file_matter
from shige.matters.report import Place, Report
from shige.matters.tracking.queries import Tracked
from shige.matters.workflow.workflows import workflow_of
from shige.trust.gate import PUBLIC
from shige.trust.jurisdiction import language
from shige.trust.known_devices import worker_in
from shige.trust.telephone_field import found_telephone

from ..answers import once
from ..lookups import looked_up
from ..rates import address_of, count_each
from ..whereabouts import door_of, place_written

router = Router(tags=["public"])


class Location(Schema):
    """A point in degrees, in the datum that its source speaks."""

    lon: float
    lat: float
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"


class ContactIn(Schema):
    """Who reports, as far as they want to say."""

    name: str = ""
    phone: str = ""


class MatterIn(Schema):
    """A matter in somebody's own words."""

    text: str
    category: str | None = Field(
        default=None,
        description="code of a sub-category; `unsure` leaves it to the office; without one the words decide",
    )
    location: Location | None = Field(
        default=None, description="where it is, as a point; without one `address` is needed"
    )
    address: str = Field(
        default="",
        max_length=ADDRESS_LIMIT,
        description="where it is, in words. Without `location`: an address that means one building beyond "
        "doubt is that building; everything else goes as it is written to the street, which finds the place. "
        "With it: what the point is called. Entrance, floor and room are kept apart, the room sealed.",
    )
    outside: bool = Field(
        default=False,
        description="File it though `location` lies outside the area of this service; without this it is "
        "refused (422), as the pages say it before anything is sent. A dispatcher looks at it first.",
    )
    contact: ContactIn | None = None
    danger: Literal["none", "yes", "cannot_talk"] | None = Field(
        None, description="Is anybody in danger now? Yes, and cannot talk: do not call back unasked."
    )
    no_emergency: bool = Field(False, description="An emergency number was shown, and there is no emergency.")
    hurt: bool | None = Field(
        None, description="Is anybody hurt or afraid? For family, neighbours, children."
    )
    about_staff: bool | Literal["worker", "official"] | None = Field(
        None,
        description="Is it about a grid worker (or the community), or an official? Kept from their chain.",
    )
    police: bool = Field(
        False, description="The writer agrees that danger to persons is passed to the police."
    )
    callback: str = Field("", description="A safe time and way to call back, for sealed matters.")

    @property
    def place(self) -> Place:
        """Where it is: the point, called as it was written, or the words alone."""
        text, point = self.address.strip(), self.location
        if point is None:
            if not text:
                raise ValidationError(
                    {"place": _("Say where it is: a point (location), or the words of an address (address).")}
                )
            return place_written(text)
        said = {**door_of(read_address(text)), "address": without_door(text)} if text else {}
        return Place(point.lon, point.lat, point.datum, **said)

    @property
    def answers(self) -> Answers:
        """What was answered about danger and staff."""
        said: dict[object, Staff] = {True: "staff", False: "no", "worker": "worker", "official": "official"}
        staff = said.get(self.about_staff, "")
        return Answers(self.danger or "", self.no_emergency, self.hurt, staff, self.police)


class EmergencyOut(Schema):
    """A number to call first (P4)."""

    number: str
    advice: str


class FiledOut(Schema):
    """The receipt; the tracking code is shown this once."""

    tracking_code: str
    grid: str | None = Field(
        description="18-digit code of the grid; null outside every grid, and until words are found"
    )
    grid_name: str | None
    category: str
    owner_post: str
    respond_by: datetime | None = Field(description="null for what has no deadline, such as praise")
    resolve_by: datetime | None
    state: str
    sealed: bool = Field(
        description="Trained staff look first; grid workers and the community do not see it."
    )
    police: bool = Field(description="It was passed to the police.")
    emergency: EmergencyOut | None = None


class StepOut(Schema):
    """One step, as the reporter may read it."""

    at: datetime
    action: str
    label: str
    note: str


class TrackedOut(Schema):
    """What the code shows: state, steps and office, never the words."""

    state: str
    grid: str | None
    grid_name: str | None
    owner_post: str
    reported_at: datetime
    respond_by: datetime | None = Field(description="null for what has no deadline, such as praise")
    resolve_by: datetime | None
    responded_at: datetime | None
    solved_at: datetime | None
    confirm_by: datetime | None
    rating: int | None
    steps: list[StepOut]


@router.post("/matters", response={201: FiledOut}, auth=None, url_name="file_matter")
def file_public_matter(
    request: HttpRequest,
    given: MatterIn,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)] = None,
) -> Status[dict[str, Any]]:
    """File a matter; it has an owner and dates at once, and its grid wherever the place is known.

    Of a place in words alone `grid` is null until somebody at the street has found it. The same
    `Idempotency-Key` with the same content is answered as the first time; with other content it is 422, while
    the first is still being answered 409.
    """
    contact = given.contact or ContactIn()
    _limit(request, contact.phone)
    try:
        with once(address_of(request), idempotency_key, given.model_dump_json()):
            filed = file_matter(PUBLIC, _report(request, given, contact, idempotency_key))
    except ValidationError as error:
        raise _renamed(error) from error
    matter, emergency, answering = filed.matter, filed.emergency, filed.answering
    timed = workflow_of(matter.kind).timed
    receipt = {
        "tracking_code": filed.tracking_code,
        "grid": answering.grid_code or None,
        "grid_name": answering.grid or None,
        "category": matter.category,
        "owner_post": answering.office,
        "respond_by": timezone.localtime(matter.respond_by) if timed else None,
        "resolve_by": timezone.localtime(matter.resolve_by) if timed else None,
        "state": matter.state,
        "sealed": matter.sealed > 0,
        "police": filed.police,
        "emergency": emergency
        and {"number": emergency.number, "advice": emergency.advice.in_language(language())},
    }
    return Status(201, receipt)


def _report(request: HttpRequest, given: MatterIn, contact: ContactIn, key: str | None) -> Report:
    return Report(
        words=given.text,
        place=given.place,
        category=as_chosen(given.category),
        name=contact.name,
        phone=contact.phone,
        source="api",
        answers=given.answers,
        callback=given.callback,
        key=f"api {key}" if key else None,
        signed_in=worker_in(request),
        here_only=not given.outside,
    )


@router.get("/matters/{tracking_code}", response=TrackedOut, auth=None, url_name="track_matter")
def track_public_matter(request: HttpRequest, tracking_code: str) -> dict[str, Any]:
    """Return how far a matter has come."""
    found = _found(request, tracking_code)
    if found is None:
        raise Http404
    return {
        "state": found.state,
        "grid": found.grid_code or None,
        "grid_name": found.grid or None,
        "owner_post": found.post,
        "steps": [
            {"at": step.when, "action": step.action, "label": step.label, "note": step.note}
            for step in found.steps
        ],
        **{
            name: getattr(found, name)
            for name in ("reported_at", "responded_at", "solved_at", "confirm_by", "rating")
        },
        "respond_by": found.respond_by if found.timed else None,
        "resolve_by": found.resolve_by if found.timed else None,
    }  # fmt: skip


def _limit(request: HttpRequest, phone: str) -> None:
    count_each(("address", address_of(request)), ("phone", found_telephone(phone) or phone))


def _found(request: HttpRequest, code: str) -> Tracked | None:
    return looked_up(request, code)


FIELDS = {"words": "text", "place": "location", "name": "contact.name", "phone": "contact.phone"}
"""What this end-point calls the fields of a report."""


def _renamed(error: ValidationError) -> ValidationError:
    """Return an error under the names of this end-point."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({FIELDS.get(name, name): said for name, said in error.message_dict.items()})
