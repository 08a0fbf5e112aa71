"""Opens the sample's service points, with their hours, what is on offer and what is booked (R13)."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from shige.sample.service_points import SamplePoint, service_points
from shige.service_points.bookings.commands import BookingIn, Rules, book, book_for_group, set_rules
from shige.service_points.bookings.queries import bookable
from shige.service_points.hours import read_hours
from shige.service_points.models import Offer, ServicePoint
from shige.service_points.points.commands import PointIn, add_offer, add_point, close_for, set_hours
from shige.service_points.proposals.commands import answer, idle_kinds, propose
from shige.territory.models import Area, Building, Placement
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.queries import posts_in_office, today

WORKS = "更换空调"
PURPOSES = ("咨询租房合同", "商量楼道堆物怎么清")
PHONE = "13900000000"
USES = ("改成收费停车棚", "改成儿童书屋，周末请志愿者讲故事", "放几台充电柜，外卖小哥也能歇脚")
ANSWER = "这里紧挨消防通道，不能停车。其他用途继续征集。"


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
        close_for(SYSTEM, made[0].pk, first, first + timedelta(days=1), WORKS, cancel=True)
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
    if told.kind in idle_kinds():
        _propose(point)
    rules = {name: Rules(*numbers) for name, *numbers in told.bookable}
    for name, note in told.offers:
        offer = add_offer(SYSTEM, point.pk, name, note)
        if name in rules:
            set_rules(SYSTEM, point.pk, offer.pk, rules[name])
            _book(point, offer)
    return point


def _propose(point: ServicePoint) -> None:
    """Let residents have proposed uses, of which one is answered."""
    first, *_others = [propose(PUBLIC, point.pk, words) for words in USES]
    answer(SYSTEM, point.pk, first.pk, ANSWER, adopted=False)


def _book(point: ServicePoint, offer: Offer) -> None:
    """Let residents and a group have booked some of what is free in the next days."""
    found = bookable(point.pk, offer.pk)
    free = [slot for day in found.days for slot in day.slots if slot.free] if found else []
    for turn, slot in enumerate(free[1:12:4]):
        if turn == 1:
            given = BookingIn(slot.begin, "排练国庆节目", people=3)
            book_for_group(SYSTEM, point.pk, offer.pk, given, "夕阳红合唱队")
        else:
            book(PUBLIC, offer.pk, BookingIn(slot.begin, PURPOSES[turn % 2], people=2, phone=PHONE))
