"""Find a place by what people write: a building first, then a compound, street or landmark of that name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shige.language.address import Written, house_number, read_address
from shige.language.likeness import likeness
from shige.language.spelling import plain, spelled

from ..models import PlaceName
from .buildings import House, houses_at, houses_in, houses_near_block, nearest_numbers
from .names import Named, names_as_written, names_in, streets_as_written
from .ranking import CALLED, Rated, rated

MOST: Final = 10
MANY: Final = 24
"""Buildings of a compound that are offered at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place that may be meant: a building with its key, or a name (compound, landmark) with the name's.

    ``kind`` is building, compound, street or landmark; ``inside`` are the buildings of a compound to choose
    from. WGS-84 degrees. ``sure`` says that what was written fits this one and no other, ``bears`` that a
    building has the number that was written; one that has not is offered as the next. ``called`` is the name
    of the index that led to it, a street's or compound's.
    """

    kind: str
    address: str
    compound: str
    community: str
    lon: float
    lat: float
    building: int | None = None
    unit: str = ""
    name: int | None = None
    inside: tuple[House, ...] = ()
    sure: bool = False
    bears: bool = False
    called: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a search did not find what was meant; with nothing set nothing was found at all.

    ``name`` is known and has no ``house`` (99栋, 12号). ``nameless`` is the number of a house without
    the name of a compound or street, which fits hundreds. ``unknown`` is a compound that was written and is
    not known: what was found has its number and is called otherwise.
    """

    name: str = ""
    house: str = ""
    nameless: bool = False
    unknown: str = ""


def find_places(
    text: str, near: tuple[float, float] | None = None, limit: int = MOST, street: int | None = None
) -> list[Found]:
    """Return the places that a text may mean, likeliest first.

    Parameters
    ----------
    near
        Longitude and latitude where somebody stands: of places named alike the nearest comes first, and a
        building without a compound (3栋) is looked for around it.
    street
        Id of a street's area whose buildings alone count.
    """
    if not plain(text):
        return []
    written = read_address(text)
    names = names_in(written, plain(text))
    houses = rated(written, names, _houses(written, names, near), near, street)
    called = {named.pk: named.text for named in names}
    found = [
        _building(one.house, sure=one.sure, bears=one.bears, called=called.get(one.house.name, ""))
        for one in houses
    ]
    sure = any(one.sure for one in found)
    typed = [
        named for named in names if named.kind == PlaceName.Kind.COMPOUND and plain(text) == plain(named.text)
    ]
    if typed and not sure:  # 桂香街19号院 is a compound, though its name has a number
        return _together(_places(typed, street, near, open_first=True), found)[:limit]
    building = _calls_a_building(names, houses)
    if sure and (written.numbered or building):
        return found[:1]
    if written.numbered and any(one.bears for one in found):
        return _exact(found, names, street, near)[:limit]
    places = _places(names, street, near, open_first=not sure)
    if written.numbered:
        return _next_best(written, names, found, places)[:limit]
    return (found + places if building else _together(places, found))[:limit]


def _exact(
    found: list[Found], names: list[Named], street: int | None, near: tuple[float, float] | None
) -> list[Found]:
    """Return the buildings with the number before all else; alone, where their compound was written out."""
    meant = names_as_written(names)
    bearing = [one for one in found if one.bears]
    if meant:
        return bearing + _places([named for named in names if named.pk in meant], street, near)
    others = [one for one in found if not one.bears]
    return bearing + others + _places(names, street, near)


def _next_best(written: Written, names: list[Named], found: list[Found], places: list[Found]) -> list[Found]:
    """Return what may be meant where no building has the number.

    Of a street that was written out these are the next numbers, of a compound all its buildings; then those
    of compounds that are called nearly so.
    """
    meant, streets = names_as_written(names), streets_as_written(names)
    if streets and not meant:
        beside = nearest_numbers(streets, written.number or written.building)
        return [_building(house, sure=False, called=streets[0].text) for house in beside] + places
    alike = {place.compound for place in places if place.compound}
    rest = [one for one in found if not _opened(places, one) and (not meant or one.compound in alike)]
    return places + rest


def _calls_a_building(names: list[Named], houses: list[Rated]) -> bool:
    """Say whether a building was named inside its compound (玉兰小学教学楼), not the compound alone."""
    said = [named.rest for named in names if named.kind == PlaceName.Kind.COMPOUND and len(named.rest) > 1]
    first = houses[0].house.block if houses else ""
    return bool(first) and any(likeness(rest, first) >= CALLED for rest in said)


def remark_on(text: str, found: Iterable[Found]) -> Remark | None:
    """Return why a search did not find what a text names; None where it may have, or nothing was written."""
    written, places = read_address(text), list(found)
    if not plain(text):
        return None
    if written.numbered and not written.names:
        return Remark(nameless=True) if len(places) != 1 else None
    if not places:
        return Remark()
    if any(one.bears or one.sure for one in places):
        return _unknown(written, places)
    if not (written.names and written.numbered and places[0].called):
        return None
    if "".join(plain(text).split()) in {plain(name) for one in places for name in (one.called, one.address)}:
        return None
    return Remark(places[0].called, _called_house(written, places[0]))


def _unknown(written: Written, places: list[Found]) -> Remark | None:
    """Return that a compound is not known whose number several others have.

    What is a part of their names, or sounds as they do, is known. Of a single one that is called nearly so
    nothing is said: it is what was meant.
    """
    name = written.place.replace(" ", "")
    several = len({one.called for one in places if one.bears}) > 1 and not any(one.sure for one in places)
    if name.isascii() or not (several and written.numbered):
        return None
    known = {text for one in places for text in (one.called, one.address) if text}
    if any(name in text or text in name or _sounds(text) == _sounds(name) for text in map(plain, known)):
        return None
    return Remark(unknown=name)


def _sounds(name: str) -> tuple[str, ...]:
    return spelled(name).sounds


def _called_house(written: Written, place: Found) -> str:
    """Return what was looked for as the houses of its place are called: 5栋 where they are 1栋 to 4栋."""
    if written.building:
        return f"{written.building.upper()}栋"
    blocks = {house.short[-1:] for house in place.inside} == {"栋"}
    return f"{written.number}栋" if blocks else house_number(written.number)


def _opened(places: Iterable[Found], house: Found) -> bool:
    return any(inside.pk == house.building for place in places for inside in place.inside)


def find_buildings(text: str, limit: int = MOST) -> list[Found]:
    """Return the buildings alone that a text may mean; of a compound those in it."""
    found: list[Found] = []
    for place in find_places(text, limit=limit):
        inside = [_building(house, sure=False, called=place.called) for house in place.inside]
        found += inside or ([place] if place.building else [])
    return found[:limit]


def sure_building(text: str, street: int | None = None) -> Found | None:
    """Return the one building that an address means beyond doubt; None where there is none, or more."""
    found = next(iter(find_places(text, limit=2, street=street)), None)
    return found if found and found.sure else None


def named_place(name: int) -> PlaceName | None:
    """Return a compound or landmark by its key, as a form names it."""
    return PlaceName.objects.filter(pk=name).exclude(kind=PlaceName.Kind.STREET).first()


def _houses(written: Written, names: list[Named], near: tuple[float, float] | None) -> list[House]:
    """Return the buildings that numbers and names point to."""
    if not written.names:
        return houses_near_block(written.building or written.number, near)
    if not names:
        return []
    found = houses_at(names, written)
    if not found and (written.number or written.building):
        found = nearest_numbers(names, written.number or written.building)
    return found


def _places(
    names: list[Named],
    street: int | None,
    near: tuple[float, float] | None,
    *,
    open_first: bool = False,
) -> list[Found]:
    """Return what bears one of the names; ``open_first`` shows the buildings of the first compound."""
    places, shown = [], not open_first
    for named in _ordered(names, near):
        inside: tuple[House, ...] = ()
        if named.kind == PlaceName.Kind.STREET or (street and named.street not in (None, street)):
            continue
        if named.kind == PlaceName.Kind.COMPOUND and not shown:
            inside, shown = tuple(houses_in(named.pk, MANY)), True
        places.append(
            Found(
                named.kind, named.text, named.text if named.kind == "compound" else "", named.community,
                named.lon, named.lat, name=named.pk, inside=inside,
                called=named.text if named.kind == PlaceName.Kind.COMPOUND else "",
            )
        )  # fmt: skip
    return places


def _ordered(names: list[Named], near: tuple[float, float] | None) -> list[Named]:
    def far(named: Named) -> float:
        return (named.lon - near[0]) ** 2 + (named.lat - near[1]) ** 2 if near else 0.0

    return sorted(names, key=lambda named: (-round(named.score, 1), far(named), -named.score))


def _building(house: House, *, sure: bool, bears: bool = False, called: str = "") -> Found:
    return Found(
        "building", house.address, house.compound, house.community, house.lon, house.lat,
        building=house.pk, unit=house.unit, sure=sure, bears=bears, called=called,
    )  # fmt: skip


def _together(places: list[Found], houses: Iterable[Found]) -> list[Found]:
    """Return places and then buildings, without those that a compound offers already."""
    offered = {house.pk for place in places for house in place.inside}
    return places + [house for house in houses if house.building not in offered]
