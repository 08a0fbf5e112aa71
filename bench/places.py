"""How fast a place is found among the addresses of 8,000,000 doors."""

import random
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import quote

from tests.program import Running

from shige.language.counts import in_han
from shige.language.spelling import spelled
from shige.territory.models import Address, PlaceName

from .city import BUILDINGS, build, buildings_of
from .timing import Line, latency
from .visiting import Visitor, repeat

COUNT = 1500
MOST_SECONDS = 40.0
SEED = 8


def lines(running: Running) -> Iterator[Line]:
    """Search by what people write, every way in turn; the city is made first."""
    yield Line(
        "buildings indexed",
        build(running),
        "s",
        f"{BUILDINGS:,} buildings, {PlaceName.objects.count():,} names",
    )
    asked = list(spellings(COUNT))
    visitor = Visitor(running.address)
    times = repeat(visitor, cycle([address(text) for text, _ in asked]).__next__, COUNT, MOST_SECONDS)
    yield from latency(
        "search for a place", times, f"{len(asked)} spellings of {Address.objects.count():,} addresses"
    )


def address(text: str) -> str:
    """Return the address of a search."""
    return f"/api/v1/public/places?q={quote(text)}"


def spellings(count: int) -> Iterator[tuple[str, str]]:
    """Yield what somebody types and the address that is meant, one way after the other."""
    chosen = random.Random(SEED)
    houses = buildings_of(chosen, count)
    for place, (stored, street, number, compound, block) in enumerate(houses):
        said = spelled(compound)
        yield (
            (
                f"{compound}{block}栋2单元501",
                f"{street}{number}号",
                f"{street}{number}号{compound}{block}栋",
                f"{compound}{in_han(block)}栋楼下",
                f"{said.pinyin}{block}dong",
                f"{said.initials}{block}d",
                f"{compound}",
                f"{compound[0]}某{compound[2:]}{block}栋",
            )[place % 8],
            stored,
        )
