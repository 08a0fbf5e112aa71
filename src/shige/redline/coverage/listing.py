"""The list behind every number: grids on a day with their organisations, or organisations without one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from shige.tables.text import plain
from shige.territory.lineage import lineage_of
from shige.territory.models import Area, GridVersion
from shige.trust.gate import Viewer, may, require
from shige.trust.jurisdiction import profile
from shige.trust.queries import today

from ..line.line import Tied
from ..line.queries import bodies_on, changing_after
from ..models import Standing
from .findings import FINDINGS, LOOSE, STRANDED, grids_on, is_over, loose_on, standing_on
from .places import Place

PAGE: Final = 50
AT_ONCE: Final = 5000
SORTS: Final = ("code", "name", "-households", "households")
_ORDER: Final = {
    "code": ("code",),
    "name": ("sort_key", "code"),
    "households": (F("held__households").asc(nulls_last=True), "code"),
    "-households": (F("held__households").desc(nulls_last=True), "code"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows; empty fields filter nothing."""

    place: Place
    day: date
    level: str = ""
    state: str = ""
    text: str = ""
    sort: str = "code"


@dataclass(frozen=True, slots=True)
class Row:
    """A grid with the organisations of its level, or an organisation without a grid and its seat.

    ``editable``: the viewer may found an organisation here. ``stand_in`` names the organisation above that
    oversees it, ``waits`` what is found of it.
    """

    code: str
    name: str
    level: str
    community: str
    households: int | None
    bodies: tuple[Tied, ...]
    editable: bool = False
    stand_in: str = ""
    waits: tuple[str, ...] = ()


def found_count(viewer: Viewer, wanted: Wanted) -> int:
    """Return how many rows the filter leaves. One statement."""
    require(viewer, "redline.see")
    return _organisations(viewer, wanted).count() if wanted.state == LOOSE else _grids(viewer, wanted).count()


def every_row(viewer: Viewer, wanted: Wanted) -> Iterator[Row]:
    """Yield the whole list, read in pieces."""
    start = 0
    while rows := found_rows(viewer, wanted, start, AT_ONCE):
        yield from rows
        start += AT_ONCE


def found_rows(viewer: Viewer, wanted: Wanted, start: int = 0, limit: int = PAGE) -> list[Row]:
    """Return a page of the list; four statements at most, however long it is."""
    require(viewer, "redline.see")
    end = start + limit
    if wanted.state == LOOSE:
        rows = _organisations(viewer, wanted).select_related("area__community", "overseer")
        standings = list(rows.order_by("area__code", "name", "pk")[start:end])
        bodies = bodies_on(viewer, standings, wanted.day)
        return [_row_without_grid(row, body) for row, body in zip(standings, bodies, strict=True)]
    areas = _grids(viewer, wanted).select_related("community").order_by(*_ORDER[wanted.sort])
    listed = areas.annotate(called=F("held__name"), doors=F("held__households"))[start:end]
    return list(rows_of(viewer, list(listed), wanted.day))


def rows_of(viewer: Viewer, areas: Sequence[Any], day: date) -> Iterable[Row]:
    """Yield grids of a day as rows; needs their community, ``called`` and ``doors``."""
    keys = [area.pk for area in areas]
    rows = Standing.objects.filter(area__in=keys, tied=True, valid__overlap=DateRange(day, None))
    later = list(rows.select_related("area", "overseer").order_by("kind"))
    held: dict[str, list[Tied]] = {}
    for body in bodies_on(viewer, later, day):
        held.setdefault(body.grid, []).append(body)
    moving = changing_after(later, max(day, today()))
    above = stand_ins([area for area in areas if area.code not in held], day)
    for area in areas:
        bodies = tuple(held.get(area.code, ()))
        upper = above.get(area.pk, "")
        yield Row(
            code=area.code,
            name=area.called or area.name,
            level=area.level,
            community=area.community.name if area.community else "",
            households=area.doors,
            bodies=bodies,
            editable=may(viewer, "redline.edit", lineage_of(area)),
            stand_in=upper,
            waits=tuple(waiting(bodies, upper, is_over(area, area.doors), area.pk in moving)),
        )


def waiting(bodies: tuple[Tied, ...], stand_in: str, over: bool, moving: bool) -> Iterable[str]:
    """Yield the findings of a grid that its row tells, as ``FINDINGS`` filters them."""
    if not bodies and not stand_in:
        yield "gap"
    if any(body.overseer is None for body in bodies):
        yield "no_overseer"
    if any(body.overseer is not None and not body.overseer.holder for body in bodies):
        yield "vacant"
    if over:
        yield "over"
    if moving:
        yield "planned"


def stand_ins(areas: Sequence[Area], day: date) -> dict[int, str]:
    """Return which organisation above oversees each grid that has none. One statement or none."""
    upper = {pair.oversees: pair.otherwise for pair in profile().redline if pair.otherwise is not None}
    keys = {
        area.pk: (upper[area.level], _column(area, upper[area.level]))
        for area in areas
        if area.level in upper
    }
    if not keys:
        return {}
    above = Q(pk__in=[])
    for level in set(upper.values()):
        held = {pk for at, pk in keys.values() if at == level}
        above |= Q(area__level=level, **{f"area__{level}__in": held})
    there = Q(area__kind=Area.Kind.DIVISION) | Q(area__versions__valid__contains=day)
    rows = Standing.objects.filter(above, there, tied=True, valid__contains=day).select_related("area")
    names = {(row.area.level, _column(row.area, row.area.level)): row.name for row in rows.order_by("-kind")}
    return {pk: names[key] for pk, key in keys.items() if key in names}


def _grids(viewer: Viewer, wanted: Wanted) -> QuerySet[Area]:
    found = grids_on(viewer, wanted.day).filter(wanted.place.within())
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.state:
        found = found.filter(FINDINGS[wanted.state].filter(wanted.day))
    if wanted.text:
        own = Standing.objects.filter(area=OuterRef("pk"), tied=True, valid__contains=wanted.day)
        called = holds_text("name", wanted.text) | holds_text("held__name", wanted.text)
        named = Q(Exists(own.filter(holds_text("name", wanted.text))))
        found = found.filter(called | Q(code__startswith=plain(wanted.text)) | named)
    return found


def holds_text(field: str, text: str) -> Q:
    """Return the filter for a name that holds a text, as written or without its blanks, wide or narrow."""
    written = {text, plain(text), "".join(plain(text).split())}
    return reduce(or_, (Q(**{f"{field}__icontains": one}) for one in sorted(written)))


def _organisations(viewer: Viewer, wanted: Wanted) -> QuerySet[Standing]:
    found = loose_on(viewer, wanted.day).filter(wanted.place.within("area__"))
    if wanted.level:
        kinds = [pair.code for pair in profile().redline if pair.oversees == wanted.level]
        found = found.filter(kind__in=kinds)
    return _called(found, wanted)


def organisations_in(viewer: Viewer, wanted: Wanted) -> QuerySet[Standing]:
    """Return the organisations that the list shows, for a table of organisations."""
    if wanted.state == LOOSE:
        return _organisations(viewer, wanted)
    found = standing_on(viewer, wanted.day).filter(wanted.place.within("area__"))
    if wanted.level or wanted.state:
        return found.filter(area__in=_grids(viewer, wanted).values("pk"), tied=True)
    return _called(found, wanted)


def _called(found: QuerySet[Standing], wanted: Wanted) -> QuerySet[Standing]:
    """Leave those whose name, grid or code a search means."""
    if not wanted.text:
        return found
    on_day = GridVersion.objects.filter(area=OuterRef("area"), valid__contains=wanted.day)
    called = holds_text("name", wanted.text) | holds_text("area__name", wanted.text)
    named = Q(Exists(on_day.filter(holds_text("name", wanted.text))))
    return found.filter(called | Q(area__code__startswith=plain(wanted.text)) | named)


def _row_without_grid(standing: Standing, body: Tied) -> Row:
    area = standing.area
    community = area.community.name if area.community else ""
    waits = (STRANDED,) if standing.tied else ()
    return Row(area.code, area.name, area.level, community, None, (body,), waits=waits)


def _column(area: Area, level: str) -> int | None:
    found: int | None = getattr(area, f"{level}_id", None)
    return found
