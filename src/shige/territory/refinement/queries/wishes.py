"""What a plan has to honour, in words: whether it does so as it stands, and why not (R6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import shapely
from django.utils.translation import gettext as _
from shapely import LineString

from ...computation.reasons import in_words
from ...models import Building, Plan
from ...shapes import Box, box_of
from ..borders import metres_of
from ..wishes import each, key_of

State = Literal["waiting", "kept", "refused"]
Found = Mapping[str, Any]
"""A violation, as a plan keeps it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish; ``state`` is ``waiting`` until the plan is computed with it, ``box`` where a line lies."""

    key: str
    kind: str
    words: str
    state: State
    why: str = ""
    box: Box | None = None


def wish_list(plan: Plan) -> list[Wish]:
    """Return a plan's wishes. One statement."""
    listed = list(each(plan.wishes))
    return [_Telling(plan, listed).told(*wish) for wish in listed] if listed else []


class _Telling:
    """Tells wishes of one plan; reads the names of its buildings and grids once."""

    def __init__(self, plan: Plan, listed: Iterable[tuple[str, str, Any]]) -> None:
        self.broken: list[Found] = plan.outcome["violations"]
        self.asked = {wish[0] for wish in each(plan.outcome.get("asked", {}))}
        self.names = {grid["code"]: grid["name"] for grid in plan.outcome["grids"]}
        self.micros: dict[str, set[str]] = {}
        for row in plan.outcome["pieces"]:
            self.micros.setdefault(row[0], set()).add(row[6])
        self.lines = [named for _key, kind, named in listed if kind == "lines"]
        self.houses = houses_named(listed, self.broken)

    def told(self, key: str, kind: str, named: Any) -> Wish:
        """Return one wish in words."""
        words = self.words(kind, named)
        box = box_of(LineString(named)) if kind == "lines" else None
        if key not in self.asked:
            return Wish(key, kind, words, "waiting", box=box)
        why = self.why(kind, named)
        return Wish(key, kind, words, "refused" if why else "kept", why, box)

    def words(self, kind: str, named: Any) -> str:
        """Say what is wished."""
        if kind == "locked":
            return _("%(names)s stays as it is") % {"names": self.names.get(named, named)}
        if kind == "lines":
            told = {"number": self.lines.index(named) + 1, "metres": metres_of(LineString(named))}
            return _("Border %(number)s, %(metres)s m") % told
        said = _("Together: %(names)s") if kind == "together" else _("Apart: %(names)s")
        return said % {"names": self.addresses(named)}

    def addresses(self, units: Iterable[str]) -> str:
        """Name buildings by their addresses."""
        return "、".join(self.houses[unit].address if unit in self.houses else unit for unit in units)

    def why(self, kind: str, named: Any) -> str:
        """Say why a wish is not honoured; "" where it is."""
        if kind != "lines" and self.met(kind, named):
            return ""
        found = next((broken for broken in self.broken if self.concerns(broken, kind, named)), None)
        if found is not None:
            return self.reason(found)
        return _("changed by hand since it was computed") if kind in {"together", "apart"} else ""

    def met(self, kind: str, named: Any) -> bool:
        """Say whether the pieces of the plan are as wished; of a locked grid they do not tell."""
        held = [self.micros.get(unit, set()) for unit in named] if kind != "locked" else []
        if kind == "together":
            return len(set().union(*held)) == 1
        return kind == "apart" and not set.intersection(*held)

    def concerns(self, broken: Found, kind: str, named: Any) -> bool:
        """Say whether a violation is about this wish."""
        if broken["rule"] != RULES[kind]:
            return False
        units = str(broken["details"].get("units", ""))
        if kind == "locked":
            return bool(broken["details"].get("code") == named)
        if kind == "lines":
            return key_of(kind, self.crossed(units)) == key_of(kind, named)
        return set(units.split(", " if kind == "together" else " - ")) <= set(named)

    def crossed(self, units: str) -> Any:
        """Return the line that lies nearest to two neighbours who are on both sides of one."""
        points = [(self.houses[unit].lon, self.houses[unit].lat) for unit in units.split(" - ")]
        between = LineString(points)
        return min(self.lines, key=lambda line: shapely.distance(LineString(line), between))

    def reason(self, found: Found) -> str:
        """Say a violation's reason with addresses instead of the ids of buildings."""
        details = dict(found["details"])
        for separator in (", ", " - "):
            units = str(details.get("units", "")).split(separator)
            if all(unit in self.houses for unit in units):
                details["units"] = self.addresses(units)
        return in_words({**found, "details": details}).why


RULES: Mapping[str, str] = {"locked": "locked", "together": "together", "apart": "apart", "lines": "line"}


def houses_named(listed: Iterable[tuple[str, str, Any]], broken: Iterable[Found]) -> dict[str, Building]:
    """Return the buildings that wishes or their refusals name, with address and place. One statement."""
    units = {unit for _key, kind, named in listed if kind in {"together", "apart"} for unit in named}
    for found in broken:
        if found["rule"] in RULES.values():
            told = str(found["details"].get("units", ""))
            units.update(part for separator in (", ", " - ") for part in told.split(separator))
    rows = Building.objects.filter(unit__in=units).only("unit", "address", "lon", "lat")
    return {house.unit: house for house in rows}
