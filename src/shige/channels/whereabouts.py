"""What a form says of a place, and what is said of it in return: address, picture, whether it is ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext

from shige.language.address import Written, beside, read_address, without_door
from shige.matters.report import Place
from shige.territory.places import (
    MOST,
    area_of_words,
    find_places,
    named_place,
    names_near,
    remark_on,
    sure_building,
)
from shige.territory.places.location import building_by_unit, in_jurisdiction, locate, named_building
from shige.territory.places.sketch import Sketch, sketch
from shige.trust.veil import unveiled

TOP_FLOOR: Final = "顶楼"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place as a page shows it: its address, whether it is in the jurisdiction, a small picture of it.

    ``to_find`` is one of which there are words alone.
    """

    address: str
    inside: bool
    picture: Sketch | None
    to_find: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A place that was chosen from what a search found: a building, or a compound or landmark as a whole."""

    address: str
    lon: float
    lat: float
    building: int | None = None
    unit: str = ""


def chosen_place(given: Mapping[str, str]) -> Chosen | None:
    """Return the place that an address names: ``b``, a building's id, or ``n``, the key of a name, veiled."""
    house = building_by_unit(given["b"]) if given.get("b") else None
    if house is not None:
        return Chosen(house.address, house.lon, house.lat, house.pk, house.unit)
    try:
        name = named_place(int(unveiled("key", given["n"]))) if given.get("n") else None
    except ValueError:
        name = None
    return Chosen(name.text, name.lon, name.lat) if name is not None else None


def words_asked(request: HttpRequest) -> str:
    """Return the words of a search for a place: by POST they stand in no address, history or log."""
    return request.POST.get("q", "") or request.GET.get("q", "")


def looked_for(query: str, near: tuple[float, float] | None = None) -> dict[str, Any]:
    """Return what a search for a place found, as ``channels/places.html`` takes it.

    Of the houses of a number without a name (1号楼) only those around a position are shown, or all of a few.
    """
    found = find_places(query, near)
    remark = remark_on(query, found)
    if remark and remark.nameless and near is None and len(found) >= MOST:
        found = []
    return {
        "query": query,
        "found": found,
        "remark": remark,
        "lacks": lacking(query) if query.strip() else "",
    }


def spot_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return where it is by the names of a report's place; what was chosen last wins over a pin.

    What was looked for tells entrance, floor and room of a building that was chosen; where nothing fits, it
    is all that is known of the place.
    """
    spot: dict[str, Any] = dict.fromkeys(("lon", "lat", "building", "entrance", "floor"))
    spot |= {"address": "", "room": ""}
    read = read_address(given["q"])
    if given.get("as_written"):
        return spot | door_of(read) | {"address": without_door(given["q"])}
    if given.get("building") is not None:
        spot |= door_of(read, given["building"]) | {"building": given["building"]}
        return spot | {"address": _beside_house(given["building"], given["q"])}
    name = named_place(given["named"]) if given.get("named") is not None else None
    if name is not None:
        return spot | {"lon": name.lon, "lat": name.lat, "address": name.text}
    return spot | {"lon": given["lon"], "lat": given["lat"]}


def _beside_house(building: int, written: str) -> str:
    """Return a building's address with what was written to lie beside it; empty where nothing was."""
    aside, house = beside(written), named_building(building)
    return f"{house.address}{aside}" if aside and house is not None else ""


def door_of(read: Written, building: int | None = None) -> dict[str, Any]:
    """Return entrance, floor and room that were written; the top floor as a number where the building tells.

    Where it does not, the words stay with the room, which is sealed.
    """
    floor, room = read.floor, read.room
    house = named_building(building) if read.top and floor is None and building is not None else None
    if house is not None:
        floor = house.floors
    elif read.top and floor is None:
        room = room or TOP_FLOOR
    return {"entrance": read.entrance, "floor": floor, "room": room}


def lacking(text: str) -> str:
    """Return what a place in words alone still needs so that somebody can find it; empty where it has it."""
    if not without_door(text):
        return gettext("Please write the name of a compound, a street or a landmark as well.")
    if area_of_words(text) is None:
        return gettext("Please write the name of the street, town or community as well.")
    return ""


def place_written(text: str) -> Place:
    """Return the place that an address means: its building where there is no doubt, else the words alone.

    Entrance, floor and room are kept apart as on the pages (P1).

    Raises
    ------
    ValidationError
        The words name no place, or one that could be in any of several districts.
    """
    house = sure_building(text)
    if house is None and (told := lacking(text)):
        raise ValidationError({"address": told})
    given = {"q": text, "as_written": house is None, "building": house and house.building}
    return Place(**spot_of(given))


def whereabouts_of(place: Place) -> Whereabouts:
    """Return a place of a report as its pages show it."""
    house = named_building(place.building) if place.building is not None else None
    if house is not None:
        return Whereabouts(place.address or house.address, True, sketch(house.lon, house.lat, house.pk))
    if place.lon is None or place.lat is None:
        return Whereabouts(place.address, inside=True, picture=None, to_find=True)
    address = place.address or near_pin(place.lon, place.lat)
    return Whereabouts(address, reaches(place.lon, place.lat), sketch(place.lon, place.lat))


def near_pin(lon: float, lat: float) -> str:
    """Return what lies at a pin in a few words: building, compound, grid; empty where nothing does."""
    found = locate(lon, lat)
    names = [found.address] if found else []
    names += [name for name in names_near(lon, lat) if not any(name in other for other in names)]
    return "、".join(names[:3])


def reaches(lon: float, lat: float) -> bool:
    """Say whether somebody here is in charge of a place."""
    return in_jurisdiction(lon, lat)
