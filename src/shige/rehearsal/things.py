"""Fills the sample's register of things, inspects them, and lets its devices report (R41)."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from shige.assets.devices.commands import DeviceIn, RuleIn, map_events, register_device
from shige.assets.devices.events import EventIn, receive_event
from shige.assets.inspections.commands import InspectionIn, inspect_thing
from shige.assets.models.device import SEVERITIES
from shige.matters import clock
from shige.sample.things import SampleDevice, SampleThing, things
from shige.territory.models import Building, Placement, Thing
from shige.territory.things.commands import ThingIn, add_thing
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.queries import posts_in_office, today

from .tasks import holder_of

REGISTERED = timedelta(days=20)
"""How long the devices of the sample have been there."""


def put_things(until: datetime) -> int:
    """Put things on the register, with devices, and let happen what the sample tells; return how many."""
    placed = Placement.objects.filter(valid__contains=today()).values("building")
    houses = list(Building.objects.filter(pk__in=placed).order_by("community__code", "pk"))
    keepers = dict(posts_in_office().filter(role="community_staff").values_list("area", "pk"))
    told, devices = things()
    count = sum(_put(one, houses[one.first :: one.every], keepers, until) for one in told)
    for device in devices:
        thing = Thing.objects.filter(kind=device.at).order_by("code").first()
        if thing is not None:
            _report(device, thing, until)
    return count


def _put(told: SampleThing, houses: list[Building], keepers: dict[int, int], until: datetime) -> int:
    for turn, house in enumerate(houses):
        keeper = keepers.get(house.community_id)
        thing = add_thing(SYSTEM, ThingIn(told.kind, told.name, building=house.pk, keeper=keeper))
        if told.inspected:
            moment = until - timedelta(days=told.inspected[turn % len(told.inspected)])
            defect = told.defects[turn] if turn < len(told.defects) else ""
            with clock.at(moment):
                found = InspectionIn(localdate(moment), defect)
                inspect_thing(holder_of(keeper) if keeper else SYSTEM, thing.code, found)
    return len(houses)


def _report(told: SampleDevice, thing: Thing, until: datetime) -> None:
    with clock.at(until - REGISTERED):
        device, _secret = register_device(SYSTEM, DeviceIn(told.name, thing.code))
    map_events(SYSTEM, device.uid, RuleIn(*told.rule))
    for number, event in enumerate(told.events, 1):
        moment = until - timedelta(hours=event.hours)
        with clock.at(moment):
            given = EventIn(
                f"{number:04d}",
                told.rule[0],
                moment,
                SEVERITIES[event.severity],
                event.cleared,
                event.value,
                event.unit,
            )
            receive_event(PUBLIC, device.pk, given)
