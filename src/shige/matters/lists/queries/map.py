"""Open matters on the map: counted by cells of a size that fits the zoom, one by one where few are near."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any, Final

from django.db.models import Avg, Count, F, FloatField, Func, Q, QuerySet

from shige.territory.models import Building, Outline
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language, profile

from ... import clock
from ...categories import category_name
from ...models import Matter
from ...visibility.seen import Part, apart
from ...workflow.workflows import state_label
from .due import days_ends, due_today
from .filters import OPEN, Box, MatterFilter, Narrowed, answers, narrowed, opened_by
from .rows import late

CELL_PIXELS: Final = 72
WORLD_PIXELS: Final = 512
"""Width of the world at zoom 0, as the map in the browser counts it."""

MOST_ACROSS: Final = 26
"""Cells from west to east, whatever part is asked for: the answer stays small."""

SINGLE_FROM: Final = 16
"""The zoom from which places are exact."""

MOST_SINGLE: Final = 250
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """One sign of the map: how many matters are near, how many of them late or due today.

    ``number`` is that of a single one at its exact place; ``community`` is set where confidential matters
    are told as a count of their community, at its middle.
    """

    lon: float
    lat: float
    count: int
    late: int = 0
    soon: int = 0
    number: str = ""
    title: str = ""
    tier: str = ""
    community: int | None = None


def spots(viewer: Viewer, chosen: MatterFilter, box: Box, zoom: float) -> list[Spot]:
    """Return what the map shows of the open matters in ``box``; at most seven statements."""
    if True not in opened_by(chosen.state):
        return []
    state = chosen.state if len(opened_by(chosen.state)) == 1 else OPEN
    wanted = narrowed(viewer, replace(chosen, state=state, within=None))
    sets = _sets(wanted)
    found = [] if chosen.confidential else _singles(sets, box) if zoom >= SINGLE_FROM else None
    if found is None:
        found = _cells(sets, box, zoom)
    return [*found, *_confidential(sets, box)]


def _sets(wanted: Narrowed) -> list[QuerySet[Matter]]:
    """Return the matters of each lead, none of them twice."""
    parts = [Part("", lead.first & lead.also) for lead in wanted.leads]
    rest = wanted.filters & answers(wanted.marks if wanted.text else ())
    return [Matter.objects.filter(here, rest, open=True) for here in apart(parts)]


def _in_sight(box: Box) -> Q:
    west, south, east, north = box
    return Q(confidential=False, lon__range=(west, east), lat__range=(south, north))


def _urgency() -> dict[str, Count]:
    return {"late": Count("pk", filter=late()), "soon": Count("pk", filter=due_today())}


def _singles(sets: Iterable[QuerySet[Matter]], box: Box) -> list[Spot] | None:
    """Return each matter at its place; None where there are too many to be told apart."""
    columns = ("number", "category", "kind", "state", "tier", "running", "next_at", "lon", "lat")
    found = [
        values
        for some in sets
        for values in some.filter(_in_sight(box)).order_by().values(*columns)[: MOST_SINGLE + 1]
    ]
    return [_single(values) for values in found] if len(found) <= MOST_SINGLE else None


def _single(values: Mapping[str, Any]) -> Spot:
    now = clock.now()
    state = state_label(values["kind"], values["state"])
    return Spot(
        lon=values["lon"],
        lat=values["lat"],
        count=1,
        late=int(values["running"] and values["next_at"] < now),
        soon=int(values["running"] and now <= values["next_at"] < days_ends(now)[0]),
        number=values["number"],
        title=f"{category_name(values['category'])} · {state}",
        tier=profile().tier(values["tier"]).name.in_language(language()),
    )


def _cells(sets: Iterable[QuerySet[Matter]], box: Box, zoom: float) -> list[Spot]:
    """Count by cells; where few lie in one, its middle stands for them and not their place."""
    west, south, east, north = box
    wide = max(360 / (WORLD_PIXELS * 2**zoom) * CELL_PIXELS, (east - west) / MOST_ACROSS)
    high = max(wide * max(0.1, cos(radians((south + north) / 2))), (north - south) / MOST_ACROSS)
    found: dict[tuple[int, int], Spot] = {}
    for some in sets:
        cells = some.filter(_in_sight(box)).order_by().annotate(x=_cell("lon", wide), y=_cell("lat", high))
        counted = cells.values("x", "y").annotate(
            count=Count("pk"), east=Avg("lon"), north=Avg("lat"), **_urgency()
        )
        for cell in counted:
            at = int(cell["x"]), int(cell["y"])
            found[at] = _joined(found.get(at), cell, ((at[0] + 0.5) * wide, (at[1] + 0.5) * high))
    return list(found.values())


def _cell(column: str, size: float) -> Func:
    return Func(F(column) / size, function="floor", output_field=FloatField())


def _joined(known: Spot | None, cell: Mapping[str, Any], middle: tuple[float, float]) -> Spot:
    """Add the count of a cell to what another appointment sees there."""
    count = cell["count"] + (known.count if known else 0)
    lon, lat = (cell["east"], cell["north"]) if cell["count"] >= FEW else middle
    if known and known.count > cell["count"]:
        lon, lat = known.lon, known.lat
    before = known or Spot(lon, lat, 0)
    return Spot(lon, lat, count, before.late + cell["late"], before.soon + cell["soon"])


def _confidential(sets: Iterable[QuerySet[Matter]], box: Box) -> list[Spot]:
    """Return the confidential matters as counts of their communities, never at their places; none sealed."""
    counts: dict[int, Counter[str]] = {}
    for some in sets:
        hidden = (
            some.filter(confidential=True, sealed=0, community__isnull=False).order_by().values("community")
        )
        counted: Iterable[Mapping[str, Any]] = hidden.annotate(count=Count("pk"), **_urgency())
        for row in counted:
            told = {name: row[name] for name in ("count", "late", "soon")}
            counts.setdefault(row["community"], Counter()).update(told)
    west, south, east, north = box
    found = []
    for community, (lon, lat, name) in _middles(counts).items():
        if west <= lon <= east and south <= lat <= north:
            told = counts[community]
            count, late_ones, soon = (told[key] for key in ("count", "late", "soon"))
            found.append(Spot(lon, lat, count, late_ones, soon, title=name, community=community))
    return found


def _middles(communities: Iterable[int]) -> dict[int, tuple[float, float, str]]:
    """Return the middle and the name of each community: of its outline, else of its buildings."""
    wanted = set(communities)
    outlines = Outline.objects.filter(area__in=wanted).values_list("area", "area__name", "box")
    found = {area: ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, name) for area, name, box in outlines}
    if missing := wanted - found.keys():
        houses = Building.objects.filter(community__in=missing).order_by()
        named: Iterable[Mapping[str, Any]] = houses.values("community", "community__name").annotate(
            east=Avg("lon"), north=Avg("lat")
        )
        for row in named:
            found[row["community"]] = row["east"], row["north"], row["community__name"]
    return found
