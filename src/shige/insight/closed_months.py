"""Figures as somebody may read them who sees no matters: of closed months, from what may be told (P8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from statistics import median
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import BELOW_STREET, COLUMNS, Viewer, require

from .labels import OUTSIDE, labels_of
from .measures import NAMES, NOTHING, RATED, TOO_FEW, UNTOLD, Measures, Share
from .models import ToldCell
from .periods import Closed
from .publication import published
from .queries import FEWEST_PEERS, GRID_BY, By, FigureRow, Figures, Medians, complete_until

LEVEL_OF: Final[Mapping[str, str]] = {"micro": "leaf", "exclusive": "leaf"}


def told_figures(
    viewer: Viewer, asked: Closed, by: By, area: Area | None = None, category: str = ""
) -> Figures:
    """Return the figures of a closed period that may be told to anybody who may ask for them (R28, P8).

    What is kept back is one line without names: a name alone would tell that there was a matter.

    Raises
    ------
    PermissionDenied
        The viewer may see no figures, or none of ``area``.
    """
    require(viewer, "figures.see", lineage_of(area) if area else None)
    told = Published(viewer, asked.months, area, complete_until())
    total = told.total(category)
    found = rows_of(told, by, category, total)
    medians = medians_of([row.measures for row in found]) if by in GRID_BY else None
    period = asked.period
    return Figures(period.since, period.until, by, found, total, total.open.of, medians, told.as_of)


def with_told_stars(found: Figures, told: Figures) -> Figures:
    """Return figures with the satisfaction of what may be told of the same closed period, and no other."""
    cells = {row.key: row.measures.satisfaction for row in told.rows}
    rows = tuple(
        replace(row, measures=replace(row.measures, satisfaction=cells.get(row.key, TOO_FEW)))
        for row in found.rows
    )
    return replace(found, rows=rows, total=replace(found.total, satisfaction=told.total.satisfaction))


def tells_categories(viewer: Viewer, area: Area | None) -> bool:
    """Say whether categories are told of an area, or of all where a viewer serves: not below a street."""
    levels = [area.level] if area else [scope.level for scope in viewer.holding("figures.see")]
    return not BELOW_STREET & {str(level) for level in levels}


def rows_of(told: "Published", by: By, category: str, total: Measures) -> tuple[FigureRow, ...]:
    """Return the rows that may be told, and one for all others where there are any."""
    cells: dict[Any, Measures]
    if by == "month":
        # A month of another length than its words: labels read a moment.
        cells = {_moment(first): cell for first, cell in told.by_month(category).items() if cell != NOTHING}
    elif by == "category":
        cells = dict(told.by_category(category))
    else:
        cells = dict(told.by_area(by, category))
    labels = labels_of(by, list(cells))
    rows = [FigureRow(*labels[key], cell) for key, cell in cells.items()]
    if by != "month" and others(total, [row.measures for row in rows]):
        rows.append(FigureRow(OUTSIDE, _("other rows, too few to tell"), UNTOLD))
    return tuple(rows)


def medians_of(cells: Sequence[Measures]) -> Medians:
    """Return the middle rates of the rows that tell them."""
    return Medians(*(_middle([getattr(cell, name).rate for cell in cells]) for name in RATED))


def _middle(rates: Sequence[float | None]) -> float | None:
    known = [rate for rate in rates if rate is not None]
    return median(known) if len(known) >= FEWEST_PEERS else None


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Published:
    """What may be told of some months of an area, or of everything where a viewer serves."""

    def __init__(self, viewer: Viewer, months: Sequence[date], area: Area | None, as_of: datetime) -> None:
        self.months = published(months, as_of)
        self.filled = [month for month in self.months if not month.empty]
        self.places = [_place(area.level, area.pk)] if area else _widest(viewer)

    @property
    def as_of(self) -> datetime:
        """Up to when all of it is complete."""
        return min(month.as_of for month in self.months)

    def total(self, category: str) -> Measures:
        """Return the sum of everything asked for."""
        return self._sum(list(self._at_places(category)))

    def by_month(self, category: str) -> dict[date, Measures]:
        """Return the sum of each month."""
        cells = list(self._at_places(category))
        return {
            month.first: NOTHING
            if month.empty
            else summed([cell for cell in cells if cell.month_id == month.first], len(self.places))
            for month in self.months
        }

    def by_category(self, category: str) -> dict[str, Measures]:
        """Return the categories right below one, or the top ones."""
        wanted = (
            Q(category__startswith=f"{category}.")
            if category
            else ~Q(category__contains=".") & ~Q(category="")
        )
        if "." in category:
            wanted = Q(category=category)
        return {
            code.rstrip("."): cell
            for code, cell in self._grouped(self._of_places().filter(wanted), "category")
        }

    def by_area(self, level: str, category: str) -> dict[int, Measures]:
        """Return the areas of a level; those that lie in no told place are not among them."""
        inside = Q(pk__in=[])
        for _level, column, area in self.places:
            inside |= Q(**{column: area}) if column else Q()
            if not column:
                inside = Q()
                break
        cells = ToldCell.objects.filter(inside, month__in=self.filled, level=level, category=category)
        return dict(self._grouped(cells, "area", places=1))

    def _of_places(self) -> Any:
        here = Q(pk__in=[])
        for level, _column, area in self.places:
            here |= Q(level=level, area=area)
        return ToldCell.objects.filter(here, month__in=self.filled)

    def _at_places(self, category: str) -> Any:
        return self._of_places().filter(category=category)

    def _grouped(self, cells: Any, name: str, places: int | None = None) -> list[tuple[Any, Measures]]:
        groups: dict[Any, list[ToldCell]] = {}
        for cell in cells.order_by(name, "month"):
            groups.setdefault(getattr(cell, name), []).append(cell)
        needed = len(self.filled) * (len(self.places) if places is None else places)
        return [(key, summed(some, needed)) for key, some in groups.items() if len(some) == needed]

    def _sum(self, cells: Sequence[ToldCell]) -> Measures:
        return summed(cells, len(self.filled) * len(self.places)) if self.filled else NOTHING


def _place(level: str, area: int) -> tuple[str, str, int | None]:
    column = COLUMNS.get(level, "")
    return (LEVEL_OF.get(level, level), column, area) if column else ("all", "", None)


def _widest(viewer: Viewer) -> list[tuple[str, str, int | None]]:
    """Return the places where a viewer sees figures, without those that lie in another one of them."""
    if viewer.system:
        return [("all", "", None)]
    places = {_place(scope.level, scope.area) for scope in viewer.holding("figures.see")}
    if ("all", "", None) in places:
        return [("all", "", None)]
    areas = {area.pk: area for area in Area.objects.filter(pk__in=[area for _l, _c, area in places])}
    return [one for one in places if not any(_within(areas[one[2] or 0], other) for other in places - {one})]


def _within(area: Area, other: tuple[str, str, int | None]) -> bool:
    column = other[1]
    return column != "leaf_id" and getattr(area, column, None) == other[2] and area.pk != other[2]


def summed(cells: Sequence[ToldCell], needed: int) -> Measures:
    """Return the sum of cells; of a measure that one of them keeps back, nothing."""
    if len(cells) < needed or not cells:
        return UNTOLD
    received = sum(cell.open_of for cell in cells)
    shares = {name: _share(cells, name) for name in NAMES[1:]}
    return Measures(open=Share(_sum_of([cell.late_of for cell in cells]), received), **shares)


def _share(cells: Sequence[ToldCell], name: str) -> Share:
    of, part = (_sum_of([getattr(cell, f"{name}_{which}") for cell in cells]) for which in ("of", "part"))
    return TOO_FEW if part is None else Share(part, of)


def _sum_of(counts: Sequence[int | None]) -> int | None:
    told = [count for count in counts if count is not None]
    return sum(told) if len(told) == len(counts) else None


def others(total: Measures, rows: Sequence[Measures]) -> bool:
    """Say whether something of a total is in no row: those are one line without names."""
    told = sum(row.open.of or 0 for row in rows)
    return total.open.of is None or told < total.open.of
