"""Overseers of a small town, each with an organisation that names their post."""

from datetime import timedelta
from itertools import count as count_up
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.oversight.grids.commands import tell_night
from shige.oversight.models import ToldNight
from shige.redline.models import Organisation, Standing
from shige.territory.models import Area
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Post
from shige.trust.queries import today
from tests.matters.town import WEDNESDAY, Town, report

PHONES: Final = count_up(10000)
"""The last digits of the telephones that people leave."""

LATER: Final = WEDNESDAY + timedelta(days=20)
"""When everything that was filed on Wednesday is late."""


def organisation(area: Area, overseer: Post | None, above: Organisation | None = None) -> Organisation:
    """Found an organisation for an area, a year ago, with an overseer's post."""
    kind = next(pair.code for pair in profile().redline if pair.oversees == area.level)
    made = Organisation.objects.create(kind=kind)
    Standing.objects.create(
        organisation=made, kind=kind, name=f"{area.name}党组织", area=area, parent=above, overseer=overseer,
        valid=DateRange(today() - timedelta(days=365), None),
    )  # fmt: skip
    return made


def overseer(town: Town, name: str, area: str, above: Organisation | None = None) -> Organisation:
    """Appoint an overseer of an area of the town, and found the organisation that names their post."""
    post = town.appoint(name, "party_overseer", area)
    return organisation(town.areas[area], post, above)


def lamps(town: Town, count: int, grid: str = "micro", *, taken: bool = True, **given: Any) -> list[Matter]:
    """File so many broken lamps in a grid on Wednesday, each of somebody else, and ``taken`` in hand."""
    filed = []
    with clock.at(WEDNESDAY):
        for _ in range(count):
            phone = f"139876{next(PHONES):05}"
            told = {"category": "02.1", "place": town.place(grid), "phone": phone} | given
            filed.append(file_matter(PUBLIC, report(**told)).matter)
    if taken:
        Matter.objects.filter(pk__in=[one.pk for one in filed], state="new").update(state="in_hand")
    return filed


def night() -> None:
    """Let the night decide anew what overseers are told."""
    ToldNight.objects.all().delete()
    tell_night(SYSTEM)
