"""Where the rows of a foreign table stand, each point and address looked up once."""

from typing import Final

from django.db.models import Max, Min

from shige.geo.datum import to_wgs84
from shige.language.address import read_address, without_door
from shige.territory.lineage import lineage_of
from shige.territory.models import Area, Building
from shige.territory.places import sure_building

from ..filing.location import Location, location_of
from ..report import Place, Report
from .rows import ImportedMatter

FAR: Final = 0.05
"""Degrees beyond the outermost building (some 5 km): nothing there is looked up, whatever the datum."""


def report_of(draft: ImportedMatter) -> Report:
    """Return a row as a report: nobody was asked, so what its words speak of decides (P3, P4)."""
    return Report(draft.words, Place(address=draft.address), draft.category, name=draft.name)


class Places:
    """Finds places, each point once; what has none, or lies far from every building, stands at the street."""

    def __init__(self, street: Area) -> None:
        self.street = street
        self.known: dict[tuple[float, float], Location] = {}
        self.read: dict[str, Location] = {}
        edges = Building.objects.aggregate(Min("lon"), Min("lat"), Max("lon"), Max("lat")).values()
        self.west, self.south, self.east, self.north = (180.0 if edge is None else edge for edge in edges)

    def of(self, draft: ImportedMatter, datum: str) -> Location:
        """Return where a row stands."""
        if draft.lon is None or draft.lat is None:
            return self._by_address(draft.address)
        point = draft.lon, draft.lat
        if self._far(*point):
            lon, lat = to_wgs84(*point, datum)
            return Location(
                float(lon), float(lat), lineage_of(self.street), None, without_door(draft.address)
            )
        if point not in self.known:
            found = location_of(Place(*point, datum, address=without_door(draft.address)))
            if found.lineage.community is None:
                found = Location(
                    found.lon, found.lat, lineage_of(self.street), None, without_door(draft.address)
                )
            self.known[point] = found
        return self.known[point]

    def _by_address(self, written: str) -> Location:
        """Return where an address without a point stands: in its building if that is beyond doubt."""
        if written not in self.read:
            read, found = read_address(written), sure_building(written, self.street.pk)
            if found is None:
                at_street = Location(None, None, lineage_of(self.street), None, without_door(written))
                self.read[written] = at_street
            else:
                place = Place(building=found.building, entrance=read.entrance, floor=read.floor)
                self.read[written] = location_of(place)
        return self.read[written]

    def _far(self, lon: float, lat: float) -> bool:
        inside = self.west - FAR <= lon <= self.east + FAR and self.south - FAR <= lat <= self.north + FAR
        return not inside
