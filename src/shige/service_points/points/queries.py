"""Service points as residents find them and as the office keeps them (R13)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from shige.matters import clock
from shige.territory.shapes import around
from shige.trust.gate import Viewer, may, visible
from shige.trust.jurisdiction import calendar, language, profile
from shige.trust.queries import today

from ..hours import written_hours
from ..models import Closure, Offer, PointPhoto, ServicePoint
from ..opening import Days, Opening, Week, opening_at
from ..surroundings import walked

PAGE: Final = 30
ACCESS: Final[dict[str, Promise]] = {
    ServicePoint.Access.STEP_FREE: _("step-free"),
    ServicePoint.Access.HELPED: _("with help over steps"),
    ServicePoint.Access.STEPS: _("only over steps"),
}


@dataclass(frozen=True, slots=True)
class PointFilter:
    """What a list is narrowed to; ``community`` is a code."""

    kind: str = ""
    community: str = ""
    text: str = ""
    open_now: bool = False
    step_free: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A service point as a line; ``minutes`` on foot and ``metres`` where somebody asked from a place."""

    pk: int
    kind: str
    kind_name: str
    name: str
    place: str
    community: str
    access: str
    step_free: bool
    lon: float
    lat: float
    opening: Opening
    offers: tuple[str, ...]
    ended_on: date | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class PointDetail:
    """Everything that is known of a point; ``week`` has the hours of each weekday as they are written."""

    point: Point
    about: str
    telephone: str
    capacity: int | None
    keeper: str
    keeps_holidays: bool
    week: tuple[str, ...]
    closures: tuple[Closure, ...]
    offers: tuple[Offer, ...]
    photo: PointPhoto | None


@dataclass(frozen=True, slots=True)
class Near:
    """What is within the circle of a place, the nearest first; ``by_ways``: around what cannot be crossed."""

    points: tuple[Point, ...]
    by_ways: bool
    minutes: int


def points_near(lon: float, lat: float) -> Near:
    """Return the points in use that one reaches on foot within the profile's minutes; four statements."""
    circle = profile().circle
    west, south, east, north = around(lon, lat, circle.minutes * 60 * circle.speed)
    rows = list(read_points(_in_use().filter(lon__range=(west, east), lat__range=(south, north))))
    minutes, by_ways = walked(lon, lat, [(row.lon, row.lat) for row in rows])
    found = [_point(row, taken) for row, taken in zip(rows, minutes, strict=True) if taken is not None]
    ordered = sorted(found, key=lambda point: (point.minutes or 0.0, point.name))
    return Near(tuple(ordered), by_ways, circle.minutes)


def public_points(wanted: PointFilter, after: int = 0) -> tuple[list[Point], int | None]:
    """Return a page of the points in use, and the key after which the next one begins; three statements."""
    rows = read_points(_narrowed(_in_use(), wanted).filter(pk__gt=after).order_by("pk"))
    if not wanted.open_now:
        page = list(rows[: PAGE + 1])
        return [_point(row) for row in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else None
    found: list[Point] = []
    for row in rows:  # whether it is open now is known of one that was read
        point = _point(row)
        if point.opening.open:
            found.append(point)
        if len(found) > PAGE:
            return found[:PAGE], found[PAGE - 1].pk
    return found, None


def office_points(viewer: Viewer, wanted: PointFilter, after: int = 0) -> tuple[list[Point], int | None]:
    """Return a page of the points that ``viewer`` keeps, as with ``public_points``."""
    kept = ServicePoint.objects.filter(visible(viewer, "service_point.edit"))
    kept = kept.filter(ended_on__isnull=not wanted.ended)
    page = list(read_points(_narrowed(kept, wanted).filter(pk__gt=after).order_by("pk"))[: PAGE + 1])
    return [_point(row) for row in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else None


def point_seen(pk: int) -> PointDetail | None:
    """Return a point in use as everybody reads it."""
    row = read_points(_in_use().filter(pk=pk)).select_related("keeper").first()
    return _detail(row) if row else None


def point_kept(viewer: Viewer, pk: int) -> PointDetail | None:
    """Return a point that ``viewer`` keeps, also one that has ended."""
    row = read_points(ServicePoint.objects.filter(visible(viewer, "service_point.edit"), pk=pk))
    found = row.select_related("keeper").first()
    return _detail(found) if found else None


def row_kept(viewer: Viewer, pk: int) -> ServicePoint | None:
    """Return the row of a point that ``viewer`` keeps, for a form that begins with it."""
    return ServicePoint.objects.filter(visible(viewer, "service_point.edit"), pk=pk, ended_on=None).first()


def serving_communities() -> list[tuple[str, str]]:
    """Return code and name of each community with a point in use."""
    rows = _in_use().filter(community__isnull=False).values_list("community__code", "community__name")
    return sorted(set(rows))


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds with their words."""
    return [(kind.code, kind.name.in_language(language())) for kind in profile().service_points]


def may_keep(viewer: Viewer) -> bool:
    """Say whether ``viewer`` keeps points anywhere."""
    return may(viewer, "service_point.edit")


def week_of(row: ServicePoint) -> Week:
    """Return the hours of each weekday, Monday first."""
    spans = sorted((hours.weekday, hours.opens, hours.closes) for hours in row.hours.all())
    return tuple(
        tuple((opens, closes) for on, opens, closes in spans if on == weekday) for weekday in range(1, 8)
    )


def _in_use() -> QuerySet[ServicePoint]:
    return ServicePoint.objects.filter(ended_on=None)


def _narrowed(rows: QuerySet[ServicePoint], wanted: PointFilter) -> QuerySet[ServicePoint]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.community:
        rows = rows.filter(community__code=wanted.community)
    if wanted.step_free:
        rows = rows.filter(access=ServicePoint.Access.STEP_FREE)
    if wanted.text:
        held = Offer.objects.filter(name__icontains=wanted.text, ended_on=None).values("point")
        rows = rows.filter(Q(name__icontains=wanted.text) | Q(place__icontains=wanted.text) | Q(pk__in=held))
    return rows


def read_points(rows: QuerySet[ServicePoint]) -> QuerySet[ServicePoint]:
    """Read hours, closures and offers along with points."""
    coming = Closure.objects.filter(days__endswith__gt=today()).order_by("days")
    standing = Offer.objects.filter(ended_on=None).order_by("pk")
    return rows.select_related("community").prefetch_related(
        "hours", Prefetch("closures", coming), Prefetch("offers", standing)
    )


def _point(row: ServicePoint, minutes: float | None = None) -> Point:
    return Point(
        pk=row.pk,
        kind=row.kind,
        kind_name=dict(kind_choices()).get(row.kind, row.kind),
        name=row.name,
        place=row.place,
        community=row.community.name if row.community else "",
        access=str(ACCESS[row.access]),
        step_free=row.access == ServicePoint.Access.STEP_FREE,
        lon=row.lon,
        lat=row.lat,
        opening=opening_at(days_of(row), localtime(clock.now())),
        offers=tuple(offer.name for offer in row.offers.all()),
        ended_on=row.ended_on,
        minutes=minutes,
    )


def days_of(row: ServicePoint) -> Days:
    """Return when a point is open on each day; hours and closures are read along."""
    closed = [(closure.days.lower, closure.days.upper, closure.reason) for closure in row.closures.all()]
    return Days(week_of(row), closed, calendar() if row.keeps_holidays else None)


def _detail(row: ServicePoint) -> PointDetail:
    return PointDetail(
        point=_point(row),
        about=row.about,
        telephone=row.telephone,
        capacity=row.capacity,
        keeper=row.keeper.name if row.keeper else "",
        keeps_holidays=row.keeps_holidays,
        week=tuple(written_hours(spans) for spans in week_of(row)),
        closures=tuple(row.closures.all()),
        offers=tuple(row.offers.all()),
        photo=PointPhoto.objects.filter(point=row).first(),
    )
