"""How many matters a second the public end-point takes, with one client and with eight."""

import random
from collections.abc import Callable, Iterator
from functools import partial

from tests.program import Running

from shige.territory.models import Building

from .timing import Line, latency
from .visiting import Visitor, rush

ADDRESS = "/api/v1/public/matters"
MOST_SECONDS = 15.0
COUNTS = {1: 400, 8: 2400}
"""Matters for each number of clients."""

WORDS = (
    "小区门口路灯不亮了，晚上看不清路",
    "楼道里堆放杂物，消防通道被堵住了",
    "垃圾桶满了两天没有人清运，味道很大",
    "楼上装修太吵，中午也不停",
    "想问一下老年人高龄补贴怎么办理",
    "电瓶车在楼道里充电，很危险",
    "物业费公示栏一直没有更新",
    "绿化带里的树枝断了，快要掉下来",
)


def lines(running: Running) -> Iterator[Line]:
    """File matters in all parts of the street; every second reporter leaves a telephone number."""
    rush(running.address, 8, reports(64), MOST_SECONDS)  # every worker has loaded its rules after this
    for clients, count in COUNTS.items():
        done = rush(running.address, clients, reports(count), MOST_SECONDS)
        name = f"filing, {clients} client{'s' * (clients > 1)}"
        yield Line(name, len(done.times) / done.took, "/s", "matters filed in a second, kept connections")
        yield from latency(name, done.times, "from the request to the receipt with tracking code")


def reports(count: int) -> Iterator[Callable[[Visitor], bytes]]:
    """Yield visits that file one matter each."""
    chance = random.Random(count)
    places = list(Building.objects.order_by("pk").values_list("lon", "lat"))
    for number in range(count):
        lon, lat = chance.choice(places)
        content = {"text": chance.choice(WORDS), "location": {"lon": lon, "lat": lat}}
        if number % 2:
            content["contact"] = {"name": "王示例", "phone": f"199{chance.randrange(10**8):08d}"}
        yield partial(Visitor.post, path=ADDRESS, content=content)
