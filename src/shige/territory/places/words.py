"""Who finds a place of which there are words alone: no point, no building."""

from typing import Final

from django.db.models import F, Value

from shige.language.address import read_address
from shige.language.spelling import plain

from ..models import Area
from .names import names_in

CLEAR: Final = 0.8
"""How well a name must fit to decide the street; below it is a guess."""

LEVELS: Final = (Area.Level.COMMUNITY, Area.Level.STREET, Area.Level.DISTRICT)


def area_of_words(text: str) -> Area | None:
    """Return the street that must find a place, else the district; None where it could be any of several.

    A division that the text names decides, then the name that it means, then whatever there is only one of.
    At most five statements.
    """
    named = _divisions_in(text)
    streets = [area.street_id for area in named if area.street_id]
    meant = names_in(read_address(text), plain(text))
    streets += [name.street for name in meant if name.street and name.score > CLEAR]
    if streets:
        return Area.objects.get(pk=streets[0])
    return _only(Area.Level.STREET, named) or _only(Area.Level.DISTRICT, named)


def _divisions_in(text: str) -> list[Area]:
    """Return the divisions whose names stand in a text, the smallest first."""
    found = Area.objects.filter(kind=Area.Kind.DIVISION, level__in=LEVELS).annotate(said=Value(text))
    named = list(found.filter(said__contains=F("name")).order_by("code"))
    return sorted(named, key=lambda area: LEVELS.index(Area.Level(area.level)))


def _only(level: str, named: list[Area]) -> Area | None:
    """Return the only division of a level, of a district where one is named."""
    some = Area.objects.filter(kind=Area.Kind.DIVISION, level=level)
    if named:
        some = some.filter(district=named[0].district_id)
    first = list(some.order_by("code")[:2])
    return first[0] if len(first) == 1 else None
