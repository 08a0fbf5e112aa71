"""How fast a list of 50 matters is among 100,000: for three scopes, first page, far in, and as HTML."""

import json
from collections.abc import Iterator

from tests.program import Running

from shige.project.cluster import Cluster
from shige.trust.commands import issue_token, make_sign_in_link
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment, Person
from shige.trust.queries import today

from .growing import grow
from .timing import Line, latency
from .visiting import Visitor, repeat

MATTERS = 100_000
COUNT = 150
MOST_SECONDS = 10.0
PAGES_IN = 50
LARGEST = 200
ROLES = {"street": "street_officer", "community": "community_chief", "micro-grid": "micro_worker"}


def lines(running: Running) -> Iterator[Line]:
    """Grow the table, then read the list as people of three scopes, and as an HTML page."""
    grow(Cluster(running.data), MATTERS)
    for scope, role in ROLES.items():
        person = holder(role)
        reader = Visitor(running.address, bearer(person))
        yield from series(reader, f"list of 50, {scope}", "/api/v1/matters?limit=50", "first page")
        cursor, passed = far_in(reader)
        path = f"/api/v1/matters?limit=50&cursor={cursor}"
        yield from series(reader, f"list of 50, {scope}, far in", path, f"{passed:,} matters in, by cursor")
        yield from series(signed_in(running, person), f"list as a page, {scope}", "/office/matters/", "HTML")


def series(reader: Visitor, name: str, path: str, meaning: str) -> list[Line]:
    """Read one address many times."""
    return latency(name, repeat(reader, lambda: path, COUNT, MOST_SECONDS), f"{meaning}, {MATTERS:,} matters")


def holder(role: str) -> Person:
    """Return somebody of the sample who holds a post of this role."""
    held = Appointment.objects.filter(post__role=role, post__closed_at=None, valid__contains=today())
    return held.select_related("person").order_by("post__area__code", "pk")[0].person


def bearer(person: Person) -> dict[str, str]:
    """Return the header of a token that may read matters as this person."""
    _, secret = issue_token(SYSTEM, person, "bench", ["matter.see"], 1)
    return {"Authorization": f"Bearer {secret}"}


def signed_in(running: Running, person: Person) -> Visitor:
    """Return a visitor with this person's session."""
    visitor = Visitor(running.address)
    visitor.sign_in(f"/accounts/link/{make_sign_in_link(SYSTEM, person)}/")
    return visitor


def far_in(reader: Visitor) -> tuple[str, int]:
    """Walk through large pages; return the cursor of the last one that has a next, and how many it passed."""
    cursor, passed = "", 0
    for _ in range(PAGES_IN):
        page = json.loads(reader.get(f"/api/v1/matters?limit={LARGEST}&cursor={cursor}"))
        if not page["next_cursor"]:
            break
        cursor, passed = page["next_cursor"], passed + len(page["items"])
    return cursor, passed
