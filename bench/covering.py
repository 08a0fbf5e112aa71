"""How long the line takes to be drawn and counted: a street of 40 communities, a city of 151,000 grids."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import connection
from tests.program import Running

from shige.redline.coverage.counts import coverage
from shige.redline.coverage.listing import Wanted, found_count, found_rows
from shige.redline.coverage.places import Place
from shige.territory.models import Area
from shige.trust.commands import add_person, appoint, open_post
from shige.trust.gate import SYSTEM, Lineage
from shige.trust.models import Appointment, Person
from shige.trust.queries import today

from .gridded import made, tie, wide_street
from .listing import series, signed_in
from .organising import ORGANISATIONS, timed
from .timing import Line

TIMES: Final = 3
"""How often the city is counted; the quickest counts, as a busy machine is no fault of the count."""


def lines(running: Running) -> Iterator[Line]:
    """Draw the wide street as a page, then count the city."""
    city = wide_street()
    tie(city, len(city.rows) * 9 // 10)
    analyse()
    street = next(area for area in city.areas if area.level == "street")
    community = next(area for area in city.areas if area.level == "community")
    office = signed_in(running, officer(street))
    path = f"/redline/?street={street.code}"
    told = f"{sum(area.level == 'micro' for area in city.areas):,} micro-grids"
    yield from series(office, "line of 40 communities, folded", path, told)
    yield from series(office, "the same, one unfolded", f"{path}&open={community.code}", told)
    part = f"/redline/communities/{community.code}/"
    yield from series(office, "one community, as it is unfolded", part, "what a press fetches")
    yield from series(office, "the same, all unfolded", f"{path}&open=all", told)
    yield from of_city()


def of_city() -> Iterator[Line]:
    """Count a city of 64,000 organisations on two days, and list what is counted."""
    root = Area.objects.filter(code="590100000000")
    if not root:
        city = made()
        tie(city, ORGANISATIONS)
        analyse()
    whole, day = Place(None, "", "city"), today()
    seconds = [
        timed(lambda: coverage(SYSTEM, whole, day - timedelta(days=365), day))[0] for _ in range(TIMES)
    ]
    yield Line("coverage of a city on two days", min(seconds), "s", f"{ORGANISATIONS:,} organisations")
    gaps = Wanted(whole, day, state="gap")
    seconds = [timed(lambda: (found_count(SYSTEM, gaps), found_rows(SYSTEM, gaps)))[0] for _ in range(TIMES)]
    yield Line(
        "its grids without an organisation, page 1", min(seconds), "s", f"{found_count(SYSTEM, gaps):,} rows"
    )


def analyse() -> None:
    """Let the database look at what was written at once, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE territory_area, territory_gridversion, redline_standing")


def officer(street: Area) -> Person:
    """Return somebody who serves a street."""
    lineage = Lineage(street.district_id, street.pk, None, None, None)
    person = add_person(SYSTEM, f"officer-{street.pk}", "宽街工作人员")
    post = open_post(SYSTEM, "street_officer", street.pk, "宽街工作人员", lineage)
    appoint(SYSTEM, person, post, lineage, Appointment.Kind.PRIMARY, today())
    return person
