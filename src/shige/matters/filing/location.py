"""Where a matter stands: the areas that hold its place, or the street's list of what lies outside them."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.geo.datum import DATUMS, to_wgs84
from shige.territory.lineage import lineage_of
from shige.territory.models import Area, Building
from shige.territory.places import area_of_words
from shige.territory.places.location import locate, street_of
from shige.trust.gate import Lineage

from ..report import Place


@dataclass(frozen=True, slots=True)
class Location:
    """A place found: WGS-84 degrees if it has a point, its areas, the building near to it if there is one.

    ``grid_code`` and ``grid`` are those of the leaf grid, empty outside every grid.
    """

    lon: float | None
    lat: float | None
    lineage: Lineage
    building: int | None
    address: str
    grid_code: str = ""
    grid: str = ""


def location_of(place: Place) -> Location:
    """Find the areas of a place.

    Raises
    ------
    ValidationError
        The place is missing or no place on Earth, or there is no street at all that could take it.
    """
    if place.only_words:
        return _to_be_found(place)
    lon, lat, address = _point(place)
    found = locate(lon, lat, place.building, place.entrance, place.floor)
    if found is not None:
        address = place.address or found.address
        return Location(lon, lat, found.lineage, found.building, address, found.code, found.name)
    street_id = street_of(lon, lat)
    street = Area.objects.filter(pk=street_id).first() if street_id else None
    if street is None:
        raise ValidationError({"place": _("No street has been set up yet that could take this place.")})
    return Location(lon, lat, lineage_of(street), place.building, place.address or address)


def _to_be_found(place: Place) -> Location:
    """Return where words alone stand: at the street or district that has to find the place."""
    area = area_of_words(place.address)
    if area is None:
        raise ValidationError({"place": _("Please write the name of the street, town or community as well.")})
    return Location(None, None, lineage_of(area), None, place.address)


def _point(place: Place) -> tuple[float, float, str]:
    """Return longitude and latitude in WGS-84, and the address of the building if one was named."""
    if place.building is not None:
        known = Building.objects.filter(pk=place.building).values_list("lon", "lat", "address").first()
        if known is None:
            raise ValidationError({"place": _("This building is not known.")})
        return known
    if place.lon is None or place.lat is None:
        raise ValidationError({"place": _("Please say where it is.")})
    if place.datum not in DATUMS:
        raise ValidationError({"place": _("The datum is wgs84, gcj02 or bd09.")})
    if not (-180 <= place.lon <= 180 and -90 <= place.lat <= 90):
        raise ValidationError({"place": _("This is no place on Earth: longitude first, in degrees.")})
    lon, lat = to_wgs84(place.lon, place.lat, place.datum)
    return float(lon), float(lat), ""
