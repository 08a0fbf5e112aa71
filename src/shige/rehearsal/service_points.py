"""Opens the sample's service points, with their hours and what is on offer (R13)."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from shige.sample.service_points import SamplePoint, service_points
from shige.service_points.hours import read_hours
from shige.service_points.models import ServicePoint
from shige.service_points.points.commands import PointIn, add_offer, add_point, close_for, set_hours
from shige.territory.models import Area, Building, Placement
from shige.trust.gate import SYSTEM
from shige.trust.queries import posts_in_office, today

WORKS = "更换空调"


def open_points(until: datetime) -> int:
    """Open every point of the sample in each community; return how many. One is closed for some days."""
    keepers = dict(posts_in_office().filter(role="community_staff").values_list("area", "pk"))
    placed = Placement.objects.filter(valid__contains=today()).values("building")
    told, made = service_points(), []
    communities = Area.objects.filter(kind=Area.Kind.DIVISION, level="community").order_by("code")
    for community in communities:
        houses = list(Building.objects.filter(pk__in=placed, community=community).order_by("pk"))
        made += [_open(one, community, houses, keepers.get(community.pk)) for one in told if houses]
    if made:
        first = localdate(until) + timedelta(days=9)
        close_for(SYSTEM, made[0].pk, first, first + timedelta(days=1), WORKS)
    return len(made)


def _open(told: SamplePoint, community: Area, houses: list[Building], keeper: int | None) -> ServicePoint:
    house = houses[told.house % len(houses)]
    given = PointIn(
        kind=told.kind,
        name=told.name.format(community=community.name),
        access=told.access,
        building=house.pk,
        capacity=told.capacity,
        keeps_holidays=told.keeps_holidays,
        about=told.about,
        keeper=keeper,
    )
    point = add_point(SYSTEM, given)
    set_hours(SYSTEM, point.pk, tuple(read_hours(hours) for hours in told.week))
    for name, note in told.offers:
        add_offer(SYSTEM, point.pk, name, note)
    return point
