"""What a form says of a place: a pin, a building, or a compound or landmark as a whole."""

from collections.abc import Mapping
from typing import Any

from shige.language.address import read_address
from shige.territory.places import named_place


def spot_of(given: Mapping[str, Any], written: str = "") -> dict[str, Any]:
    """Return where it is by the names of a report's place; a building chosen last wins over a pin.

    ``written`` is what was looked for: it tells entrance, floor and room of a building that was chosen.
    """
    spot: dict[str, Any] = dict.fromkeys(("lon", "lat", "building", "entrance", "floor"))
    spot |= {"address": "", "room": ""}
    read = read_address(written)
    if given.get("building") is not None:
        door = {"entrance": read.entrance, "floor": read.floor, "room": read.room}
        return spot | door | {"building": given["building"]}
    name = named_place(given["named"]) if given.get("named") is not None else None
    if name is not None:
        return spot | {"lon": name.lon, "lat": name.lat, "address": name.text}
    return spot | {"lon": given["lon"], "lat": given["lat"]}
