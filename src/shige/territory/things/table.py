"""Read a table of things: CSV or Excel with name, kind, longitude and latitude (R41)."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from shige.geo.datum import Datum
from shige.trust.jurisdiction import profile

from ..intake.datums import in_wgs84
from ..intake.faults import Fault
from ..intake.tables import Table, UnreadableFile, open_table
from .commands import ThingIn

NEEDED: Final = ("name", "kind", "lon", "lat")
MOST: Final = 5000
DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")
"""A day as people and spreadsheets write it; a workbook's cell is a day at midnight."""


@dataclass(frozen=True, slots=True)
class ThingTable:
    """The things of a table with the numbers of their rows, and every fault."""

    rows: tuple[tuple[int, ThingIn], ...]
    faults: tuple[Fault, ...]


def read_things(name: str, content: bytes, datum: Datum) -> ThingTable:
    """Read a table of things whose coordinates are in ``datum``.

    Raises
    ------
    UnreadableFile
        It is no such table, or has more than ``MOST`` rows.
    """
    table = open_table(name, content)
    if not table.flat:
        raise UnreadableFile("", _("Only CSV and Excel files can be read, not %(name)s.") % {"name": name})
    if len(table.features) > MOST:
        raise UnreadableFile("", _("The file has more than %(count)d rows.") % {"count": MOST})
    features, faults = in_wgs84(table, datum)
    kinds = _kinds()
    rows = []
    for number, feature in enumerate(features, table.first):
        found, wrong = _thing(table, number, feature, kinds)
        faults += wrong
        rows += [(number, found)] if found else []
    return ThingTable(tuple(rows), tuple(faults))


def _kinds() -> dict[str, str]:
    """Return the code of each kind by its code and by its names."""
    return {
        word: kind.code
        for kind in profile().things
        for word in (kind.code, *(kind.name.in_language(said) for said in ("zh", "en")))
    }


def _thing(
    table: Table, number: int, feature: Mapping[str, Any], kinds: Mapping[str, str]
) -> tuple[ThingIn | None, list[Fault]]:
    cells, point = feature["properties"], feature["geometry"]
    wrong = [
        _fault(table, number, column, _("A value is needed here."))
        for column in NEEDED
        if not cells.get(column)
    ]
    kind = kinds.get(cells.get("kind", ""), "")
    if cells.get("kind") and not kind:
        known = ", ".join(kind.name.in_language("zh") for kind in profile().things)
        said = {"value": cells["kind"], "allowed": known}
        wrong.append(_fault(table, number, "kind", _("%(value)s is not one of %(allowed)s.") % said))
    inspected = _day(cells.get("inspected", ""))
    if cells.get("inspected") and inspected is None:
        said = {"value": cells["inspected"]}
        wrong.append(_fault(table, number, "inspected", _("“%(value)s” is no day; write 2026-11-23.") % said))
    lon, lat = point["coordinates"] if point else (math.nan, math.nan)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) and not wrong:
        said = {"value": f"{cells['lon']}, {cells['lat']}"}
        wrong.append(
            _fault(table, number, "lon", _("%(value)s is not a longitude and latitude in degrees.") % said)
        )
    if wrong:
        return None, wrong
    given = ThingIn(
        kind, cells["name"], lon, lat, place=str(cells.get("address") or ""), inspected_on=inspected
    )
    return given, []


def _day(written: str) -> date | None:
    found = DAY.fullmatch(written)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _fault(table: Table, number: int, column: str, message: str) -> Fault:
    return Fault(number, table.headers.get(column, column), message)
