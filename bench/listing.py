"""Lists, search and map among 1,000,000 matters, for each role's scope: every filter, every pair."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import Final
from urllib.parse import urlencode

from tests.program import Running

from shige.machine.database.cluster import Cluster
from shige.matters.lists.queries.page import cursor_at
from shige.matters.models import Matter
from shige.territory.grids.queries.grids import ground_box
from shige.trust.commands import issue_token, make_sign_in_link
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import viewer_of

from .growing import grow
from .timing import Line, latency
from .visiting import Visitor, repeat

MATTERS: Final = 1_000_000
COUNT: Final = 60
EACH: Final = 3
"""Times that each combination is asked; the quickest counts: a busy machine is no fault of the list."""

MOST_SECONDS: Final = 6.0
WORST: Final = 5
PAGES_FROM_END: Final = 100
"""The far page lies so many pages before the end of the list of everything."""

ROLES: Final[Mapping[str, str]] = {
    "micro-grid": "micro_worker",
    "general grid": "fulltime_worker",
    "community": "community_chief",
    "street": "street_officer",
    "district": "district_centre",
    "department": "department",
}
SEARCHED: Final = (
    "路灯",
    "小区",
    "灯",
    "漏水",
    "垃圾清运",
    "玉兰路3号",
    "靠近乙丹广场",
    "没有这样的事情",
    "20260909",
)

DESKS: Final = ("", "board/", "morning/", "desk/", "hazards/", "visits/", "warnings/", "disputes/")
"""Pages of the office that count all open matters of an area."""

Filters = Mapping[str, Iterable[object]]


def lines(running: Running) -> Iterator[Line]:
    """Grow the table, then read list, search and map as people of each scope."""
    grow(Cluster(running.data), MATTERS)
    for scope, role in ROLES.items():
        person = holder(role)
        reader = Visitor(running.address, bearer(person))
        yield from combined(reader, scope, pairs(filters(person)))
        yield from far_in(reader, scope)
        yield from searched(reader, scope)
        office = signed_in(running, person)
        yield from series(office, f"list as a page, {scope}", "/office/matters/", "HTML")
        yield from mapped(office, scope, person)
        if scope == "street":
            yield from desks(office)


def desks(office: Visitor) -> Iterator[Line]:
    """Open the pages that a street begins its day with."""
    for desk in DESKS:
        yield from series(office, f"desk {desk or 'today'}", f"/office/{desk}", "HTML, of the whole street")


def combined(reader: Visitor, scope: str, choices: Iterable[Mapping[str, object]]) -> Iterator[Line]:
    """Ask for every combination; tell what all come to, and the worst by name."""
    times = {urlencode(choice): once(reader, choice) for choice in choices}
    yield from latency(f"list of 50, {scope}", list(times.values()), f"{len(times)} combinations of filters")
    for said in sorted(times, key=lambda said: -times[said])[:WORST]:
        yield Line(f"  worst, {scope}", 1000 * times[said], "ms", said)


def once(reader: Visitor, choice: Mapping[str, object]) -> float:
    """Return the seconds of one combination."""
    path = f"/api/v1/matters?{urlencode({'limit': 50, **choice})}"
    reader.times.clear()
    for _ in range(EACH):
        reader.get(path)
    return min(reader.times)


def filters(person: Person) -> Filters:
    """Return values of each filter of the page: frequent ones and rare ones."""
    grids = Matter.objects.filter(leaf__isnull=False).values_list("leaf", "community").first() or (1, 1)
    departments = Post.objects.exclude(department="").order_by("department").values_list("department")
    own = Appointment.objects.in_force().filter(person=person).values_list("post", flat=True)
    return {
        "state": ["open", "new", "in_hand", "waiting", "to_confirm", "closed", "merged", "done", "all"],
        "category": ["02", "11", "11.3", "10.6"],
        "tier": ["M", "C", "D", "X"],
        "kind": ["ordinary", "hazard"],
        "grid": grids,
        "owner": [own[0], *Matter.objects.values_list("owner", flat=True)[:1]],
        "department": departments.distinct().values_list("department", flat=True)[:2],
        "late": ["true"],
        "mine": ["true"],
        "confidential": ["true"],
        "led": ["true"],
    }


def pairs(known: Filters) -> Iterator[Mapping[str, object]]:
    """Yield each filter alone, each pair, and each of those in all states, as the API names them."""
    for name, values in known.items():
        yield from ({"state": "open"} | {name: value} for value in values)
    for one, other in combinations(known, 2):
        for value, second in product(known[one], known[other]):
            yield {"state": "open"} | {one: value, other: second}
            if "state" not in (one, other):
                yield {"state": "all", one: value, other: second}


def far_in(reader: Visitor, scope: str) -> Iterator[Line]:
    """Read the first page of everything, and one that is as far in as a million matters allow."""
    far = Matter.objects.order_by("next_at", "pk").values("next_at", "pk")[MATTERS - PAGES_FROM_END * 50]
    cursor = cursor_at(far["next_at"], far["pk"])
    passed = (MATTERS - PAGES_FROM_END * 50) // 50
    path = "/api/v1/matters?limit=50&state=all"
    yield from series(reader, f"page 1, {scope}", path, "all states, no other filter")
    yield from series(reader, f"page {passed:,}, {scope}", f"{path}&cursor={cursor}", "the same, by cursor")


def searched(reader: Visitor, scope: str) -> list[Line]:
    """Search frequent and rare words, among open matters and among all."""
    times = [
        once(reader, {"text": text, "state": state}) for text, state in product(SEARCHED, ("open", "all"))
    ]
    return latency(f"search, {scope}", times, f"{len(SEARCHED)} texts among open and among all matters")


def mapped(office: Visitor, scope: str, person: Person) -> Iterator[Line]:
    """Fetch the map's signs for the whole area and for a near part of it."""
    west, south, east, north = ground_box(viewer_of(person)) or (0, 0, 0, 0)
    middle = (west + east) / 2, (south + north) / 2
    near = (middle[0] - 0.001, middle[1] - 0.001, middle[0] + 0.001, middle[1] + 0.001)
    for name, box, zoom in (("whole", (west, south, east, north), 14), ("near", near, 18)):
        path = f"/office/matters/map/spots.json?bbox={','.join(map(str, box))}&zoom={zoom}"
        size = len(office.get(path)) / 1000
        yield from series(office, f"map, {name}, {scope}", path, f"{size:.0f} kB, open matters")


def series(reader: Visitor, name: str, path: str, meaning: str) -> list[Line]:
    """Read one address many times."""
    return latency(name, repeat(reader, lambda: path, COUNT, MOST_SECONDS), meaning)


def holder(role: str) -> Person:
    """Return somebody of the sample who holds a post of this role."""
    held = Appointment.objects.in_force().filter(post__role=role, post__closed_at=None)
    return held.select_related("person").order_by("post__area__code", "pk")[0].person


def bearer(person: Person) -> dict[str, str]:
    """Return the header of a token that may read matters as this person."""
    _, secret = issue_token(SYSTEM, person, "bench", ["matter.see", "matter.handle"], 1)
    return {"Authorization": f"Bearer {secret}"}


def signed_in(running: Running, person: Person) -> Visitor:
    """Return a visitor with this person's session."""
    visitor = Visitor(running.address)
    visitor.sign_in(f"/accounts/link/{make_sign_in_link(SYSTEM, person)}/")
    return visitor
