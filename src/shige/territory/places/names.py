"""Which names of the index a text may mean."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from shige.language.address import Written
from shige.language.likeness import LEAST, likeness
from shige.language.spelling import TAILS, asked_keys, plain, spelled

from ..models import PlaceName
from ..shapes import around

CANDIDATES: Final = 60
MOST: Final = 12
PIECES: Final = 4

LIKE: Final = """
SELECT %s::int, name.id, name.kind, name.text, name.also, name.lon, name.lat,
       coalesce(area.name, ''), area.street_id
FROM territory_placename AS name LEFT JOIN territory_area AS area ON area.id = name.community_id
WHERE name.keys && %s::text[]
ORDER BY cardinality(ARRAY(SELECT unnest(name.keys) INTERSECT SELECT unnest(%s::text[])))::float
         / (cardinality(name.keys) + %s) DESC, name.id
LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a piece of a text may mean (``piece`` counts them), and how well it fits, 0 to 1."""

    pk: int
    kind: str
    text: str
    community: str
    street: int | None
    lon: float
    lat: float
    piece: int
    score: float
    rest: str = ""
    """What the piece says beyond the name: 教学楼 behind 玉兰小学."""


WRITTEN: Final = 0.97
"""How well a name fits that stands in the text as it is, in characters or in whole pinyin."""


def names_as_written(names: Iterable[Named]) -> frozenset[int]:
    """Return the names of compounds that stand in a text as they are; of a longer one no part of it.

    Where there is none, those of landmarks, unless a street is named as it is: its numbers are houses too.
    """
    whole = [named for named in names if named.score >= WRITTEN]
    compounds = [named for named in whole if named.kind == PlaceName.Kind.COMPOUND]
    if not compounds and not streets_as_written(whole):
        compounds = [named for named in whole if named.kind == PlaceName.Kind.LANDMARK]
    return frozenset(
        named.pk
        for named in compounds
        if not any(named.text != other.text and named.text in other.text for other in compounds)
    )


def streets_as_written(names: Iterable[Named]) -> list[Named]:
    """Return the streets whose names stand in a text as they are, best first."""
    return [named for named in names if named.kind == PlaceName.Kind.STREET and named.score >= WRITTEN]


SAME: Final = (("菜市场", "农贸市场"), ("农贸市场", "菜市场"))
"""What people call otherwise than the index does."""


BESIDE: Final = re.compile(r"(?<=..)(?:大?门口|门前|旁边|边上|对面|附近|后面|前面|里面|楼下)$")
"""Where something is beside a place that is named: 幼儿园门口."""


def _called_otherwise(pieces: Iterable[str]) -> list[str]:
    """Return the pieces once more by the other name of what they name, where that says something else."""
    named = [
        piece.replace(said, other)
        for piece in pieces
        for said, other in SAME
        if said in piece and other not in piece
    ]
    return named + [BESIDE.sub("", piece) for piece in pieces if BESIDE.search(piece)]


def names_in(written: Written, whole: str) -> list[Named]:
    """Return the names that a text may mean, best first; a name that the whole text holds counts as well.

    ``whole`` is the text as written: a compound may be called by a number (东风路307号院, 学府壹号).
    """
    best: dict[int, Named] = {}
    said = written.names[-PIECES:]
    pieces = [*said, *_called_otherwise(said), *re.findall(r"[a-z]+[0-9]+", whole)]
    for named in _like(pieces, whole):
        before = best.get(named.pk)
        if before is None or named.score > before.score:
            best[named.pk] = named
    return sorted(best.values(), key=lambda named: -named.score)[:MOST]


def _like(pieces: list[str], whole: str) -> Iterator[Named]:
    """Yield the names that are like a piece, of all pieces by one statement."""
    joined = spelled(whole).text
    found = _candidates(pieces)
    shared = Counter(number for number, *_ in found)
    for number, pk, kind, text, also, lon, lat, community, street in found:
        piece = pieces[number]
        if piece in TAILS and shared[number] > MOST:
            continue  # so many are called 花园 that it names none of them
        score = max(likeness(piece, text, also), _held(joined, text))
        if score >= LEAST:
            rest = piece.partition(plain(text))[2].replace(" ", "")
            yield Named(pk, kind, text, community, street, lon, lat, number, score, rest)


def _candidates(pieces: list[str]) -> list[tuple[Any, ...]]:
    """Return the names that share most keys with a piece, with the number of the piece."""
    if not pieces:
        return []
    values: list[Any] = []
    for number, piece in enumerate(pieces):
        keys = asked_keys(piece)
        values += [number, keys, keys, len(keys), CANDIDATES]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([f"({LIKE})"] * len(pieces)), values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _held(joined: str, name: str) -> float:
    """Rate a name that stands in the whole text as it is written."""
    own = spelled(name).text
    return 0.98 if len(own) > 2 and own in joined else 0.0


NEAR: Final = """
SELECT text FROM territory_placename
WHERE kind IN ('compound', 'landmark') AND lon BETWEEN %s AND %s AND lat BETWEEN %s AND %s
ORDER BY (lon - %s) ^ 2 + (lat - %s) ^ 2 LIMIT 3
"""
NEAR_METRES: Final = 150.0


def names_near(lon: float, lat: float) -> list[str]:
    """Return the compounds and landmarks next to a place, the nearest first."""
    west, south, east, north = around(lon, lat, NEAR_METRES)
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [west, east, south, north, lon, lat])
        return [text for (text,) in cursor.fetchall()]
