"""Service points for programs: what everybody may find, and what the office keeps (R13)."""

from datetime import date, datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Field, Query, Router, Schema, Status

from shige.files.api import drop_sent, sent_files
from shige.trust.asked_fields import AskedField, asked_by, filled, key_in, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from . import commands, photo
from .cursors import read_cursor, written_cursor
from .forms import ClosureForm, OfferForm, PointForm, WeekForm
from .queries import (
    Point,
    PointDetail,
    PointFilter,
    office_points,
    point_kept,
    point_seen,
    points_near,
    public_points,
)

router = Router(tags=["service points"], auth=STAFF_AUTH)
public_router = Router(tags=["public"])


class OpeningOut(Schema):
    """Whether it is open now, until when or when it opens next (null: not known), and why it is closed."""

    open: bool
    until: datetime | None
    reason: str


class PointOut(Schema):
    """One service point; `minutes` on foot where a place was given."""

    id: str
    kind: str
    kind_name: str
    name: str
    place: str
    community: str
    access: str
    step_free: bool
    lon: float = Field(description="WGS-84 degrees")
    lat: float
    opening: OpeningOut
    offers: list[str]
    minutes: float | None


class PointsOut(Schema):
    """A page of points; `next` goes into `after`."""

    items: list[PointOut]
    next: str | None


class NearOut(Schema):
    """What is within so many minutes on foot, the nearest first; without `by_ways` in a straight line."""

    items: list[PointOut]
    by_ways: bool
    minutes: int


class ClosureOut(Schema):
    """Days on which it is closed, the last one included."""

    id: str
    first: date
    last: date
    reason: str


class OfferOut(Schema):
    """One thing that is on offer; `slot_minutes` where it can be booked, for so long each time."""

    id: str
    name: str
    note: str
    slot_minutes: int | None


class PhotoOut(Schema):
    """Where the photo lies, and what it shows."""

    url: str
    alt: str


class PointDetailOut(PointOut):
    """Everything that is known of a point; `week` begins on Monday, empty where it is closed."""

    about: str
    telephone: str
    capacity: int | None
    keeper: str
    keeps_holidays: bool
    week: list[str]
    closures: list[ClosureOut]
    offered: list[OfferOut]
    photo: PhotoOut | None
    ended_on: date | None


class PointIn(Schema, extra="forbid"):
    """What is said of a point; `GET …/new` names kinds and posts."""

    kind: str
    name: str
    access: str
    lon: float
    lat: float
    place: str | None = None
    capacity: int | None = None
    keeps_holidays: bool = True
    about: str | None = None
    telephone: str | None = None
    keeper: str | None = None


class WeekIn(Schema, extra="forbid"):
    """The hours of each weekday, Monday first, as `9:00-12:00, 13:30-17:30`; empty where it is closed."""

    week: list[str] = Field(min_length=7, max_length=7)
    cancel: bool = Field(False, description="Cancel what is booked outside these hours; else it is refused.")


class ClosureIn(Schema, extra="forbid"):
    """Days on which it is to be closed, the last one included, and why."""

    first: date
    last: date
    reason: str
    cancel: bool = Field(False, description="Cancel what is booked on these days; else it is refused.")


class OfferIn(Schema, extra="forbid"):
    """One thing that is to be on offer."""

    name: str
    note: str | None = None


class EndIn(Schema, extra="forbid"):
    """Whether what is booked is cancelled with it; else the end is refused."""

    cancel: bool = False


class PhotoIn(Schema, extra="forbid"):
    """The id of a photo that was sent ahead (`POST /uploads`), or none to change the words alone."""

    photo: str | None = None
    alt: str


class Wanted(Schema):
    """What a list is narrowed to."""

    kind: str = ""
    community: str = ""
    text: str = ""
    open_now: bool = False
    step_free: bool = False
    after: str = ""


class Spot(Schema):
    """From where one walks, in WGS-84 degrees."""

    lon: Annotated[float, Query(ge=-180, le=180)]
    lat: Annotated[float, Query(ge=-90, le=90)]


@public_router.get("/service-points", response=PointsOut, auth=None, url_name="public_service_points")
def listed(request: HttpRequest, wanted: Annotated[Wanted, Query()]) -> dict[str, object]:
    """List the service points that are in use; ``community`` is a code."""
    given = wanted.model_dump(exclude={"after"})
    rows, onward = public_points(PointFilter(**given), read_cursor(wanted.after))
    return {"items": [_line(row) for row in rows], "next": written_cursor(onward) or None}


@public_router.get("/service-points/near", response=NearOut, auth=None, url_name="service_points_near")
def near(request: HttpRequest, spot: Annotated[Spot, Query()]) -> dict[str, object]:
    """Return the service points within the profile's minutes on foot; the place is not kept."""
    found = points_near(spot.lon, spot.lat)
    return {
        "items": [_line(row) for row in found.points],
        "by_ways": found.by_ways,
        "minutes": found.minutes,
    }


@public_router.get(
    "/service-points/{point}", response=PointDetailOut, auth=None, url_name="public_service_point"
)
def seen(request: HttpRequest, point: str) -> dict[str, object]:
    """Return one service point."""
    return _told(point_seen(read_cursor(point)))


@router.get("", response=PointsOut, url_name="service_points")
def kept(
    request: HttpRequest, wanted: Annotated[Wanted, Query()], *, ended: bool = False
) -> dict[str, object]:
    """List the points that the caller keeps."""
    viewer = admitted(request, "service_point.edit")
    given = wanted.model_dump(exclude={"after", "open_now"})
    rows, onward = office_points(viewer, PointFilter(**given, ended=ended), read_cursor(wanted.after))
    return {"items": [_line(row) for row in rows], "next": written_cursor(onward) or None}


@router.get("/new", response=list[AskedField], url_name="service_point_asked")
def asked(request: HttpRequest) -> list[AskedField]:
    """Return what is asked of a point; a program gives the place by its coordinates."""
    form = PointForm(admitted(request, "service_point.edit"))
    return [field for field in asked_by(form) if field.name != "building"]


@router.post("", response={201: PointDetailOut}, url_name="service_point_new")
def add(request: HttpRequest, given: PointIn) -> Status[dict[str, object]]:
    """Open a service point."""
    viewer = admitted(request, "service_point.edit")
    made = commands.add_point(viewer, filled(PointForm(viewer, values_in(given))).given())
    return Status(201, _kept(viewer, made.pk))


@router.get("/{veiled:pk}", response=PointDetailOut, url_name="service_point")
def one(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return one point that the caller keeps."""
    return _kept(admitted(request, "service_point.edit"), pk)


@router.post("/{veiled:pk}/change", response=PointDetailOut, url_name="service_point_change")
def change(request: HttpRequest, pk: int, given: PointIn) -> dict[str, object]:
    """Change what is said of a point; what is left out is emptied."""
    viewer = _keeping(request, pk)
    commands.change_point(viewer, pk, filled(PointForm(viewer, values_in(given))).given())
    return _kept(viewer, pk)


@router.post("/{veiled:pk}/hours", response=PointDetailOut, url_name="service_point_hours")
def hours(request: HttpRequest, pk: int, given: WeekIn) -> dict[str, object]:
    """Set the hours of a week."""
    viewer = _keeping(request, pk)
    form = filled(WeekForm({f"day_{day}": written for day, written in enumerate(given.week, 1)}))
    commands.set_hours(viewer, pk, form.week(), cancel=given.cancel)
    return _kept(viewer, pk)


@router.post("/{veiled:pk}/closures", response={201: PointDetailOut}, url_name="service_point_close")
def close(request: HttpRequest, pk: int, given: ClosureIn) -> Status[dict[str, object]]:
    """Close a point for some days."""
    viewer = _keeping(request, pk)
    form = filled(ClosureForm(values_in(given)))
    commands.close_for(viewer, pk, *form.given(), cancel=given.cancel)
    return Status(201, _kept(viewer, pk))


@router.post("/{veiled:pk}/closures/{closure}/end", response=PointDetailOut, url_name="service_point_reopen")
def reopen(request: HttpRequest, pk: int, closure: str) -> dict[str, object]:
    """Take days back on which it was to be closed."""
    viewer = _keeping(request, pk)
    commands.open_again(viewer, pk, key_in("closure", closure))
    return _kept(viewer, pk)


@router.post("/{veiled:pk}/offers", response={201: PointDetailOut}, url_name="service_point_offer")
def offer(request: HttpRequest, pk: int, given: OfferIn) -> Status[dict[str, object]]:
    """Put something on offer."""
    viewer = _keeping(request, pk)
    commands.add_offer(viewer, pk, **filled(OfferForm(values_in(given))).cleaned_data)
    return Status(201, _kept(viewer, pk))


@router.post("/{veiled:pk}/offers/{offer}/end", response=PointDetailOut, url_name="service_point_withdraw")
def withdraw(request: HttpRequest, pk: int, offer: str, given: EndIn | None = None) -> dict[str, object]:
    """Take something off that was on offer."""
    viewer = _keeping(request, pk)
    commands.end_offer(viewer, pk, key_in("offer", offer), cancel=_agreed(given))
    return _kept(viewer, pk)


@router.post("/{veiled:pk}/photo", response=PointDetailOut, url_name="service_point_photo_set")
def set_photo(request: HttpRequest, pk: int, given: PhotoIn) -> dict[str, object]:
    """Show a photo of a point in place of the one before."""
    viewer, ids = _keeping(request, pk), [given.photo] if given.photo else []
    photo.set_photo(viewer, pk, sent_files(request, ids, "photo", room=1), given.alt)
    drop_sent(request, ids)
    return _kept(viewer, pk)


@router.post("/{veiled:pk}/photo/remove", response=PointDetailOut, url_name="service_point_photo_remove")
def remove_photo(request: HttpRequest, pk: int) -> dict[str, object]:
    """Take the photo of a point away."""
    viewer = _keeping(request, pk)
    photo.remove_photo(viewer, pk)
    return _kept(viewer, pk)


@router.post("/{veiled:pk}/end", response=PointDetailOut, url_name="service_point_end")
def end(request: HttpRequest, pk: int, given: EndIn | None = None) -> dict[str, object]:
    """Take a point that is gone off the map."""
    viewer = _keeping(request, pk)
    commands.end_point(viewer, pk, cancel=_agreed(given))
    return _kept(viewer, pk)


def _agreed(given: EndIn | None) -> bool:
    return given is not None and given.cancel


def _keeping(request: HttpRequest, pk: int) -> Viewer:
    """Return the caller; 404 where they keep no such point."""
    viewer = admitted(request, "service_point.edit")
    if point_kept(viewer, pk) is None:
        raise Http404
    return viewer


def _kept(viewer: Viewer, pk: int) -> dict[str, object]:
    return _told(point_kept(viewer, pk))


def _line(row: Point) -> dict[str, object]:
    names = set(PointOut.model_fields) - {"id"}
    return {"id": veiled("key", str(row.pk)), **{name: getattr(row, name) for name in names}}


def _told(found: PointDetail | None) -> dict[str, object]:
    if found is None:
        raise Http404
    return {
        **_line(found.point),
        "about": found.about,
        "telephone": found.telephone,
        "capacity": found.capacity,
        "keeper": found.keeper,
        "keeps_holidays": found.keeps_holidays,
        "week": list(found.week),
        "closures": [
            {
                "id": veiled("key", str(closure.pk)),
                "first": closure.days.lower,
                "last": closure.last_day,
                "reason": closure.reason,
            }
            for closure in found.closures
        ],
        "offered": [
            {
                "id": veiled("key", str(offer.pk)),
                "name": offer.name,
                "note": offer.note,
                "slot_minutes": offer.slot_minutes,
            }
            for offer in found.offers
        ],
        "photo": found.photo
        and {
            "url": reverse("channels:service_point_photo", args=[found.point.pk]),
            "alt": found.photo.alt,
        },
        "ended_on": found.point.ended_on,
    }
