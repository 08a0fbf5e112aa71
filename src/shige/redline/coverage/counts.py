"""How many grids of each level have what finding on a day, by the areas of a place; shares and months."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext as _

from shige.territory.models import Area, GridVersion
from shige.trust.gate import Viewer, require
from shige.trust.queries import today

from ..rules import level_name
from .findings import FINDINGS, LOOSE, grids_on, loose_on, paired_levels, standing_on
from .places import Place

MONTHS: Final = 12
SHARED: Final = ("gap", "no_overseer", "vacant", "over", "limited")
"""Findings that are counted for the coverage; what is covered follows from the gaps."""


@dataclass(slots=True)
class Counts:
    """Grids by finding ("" counts all), part of the place, and level."""

    day: date
    found: dict[str, dict[tuple[int | None, str], int]] = field(default_factory=dict)

    def of(self, finding: str, level: str = "", child: int | None = None) -> int:
        """Return how many grids have a finding, of a level and in a part where these are given."""
        return sum(
            number
            for (where, of_level), number in self.found[finding].items()
            if level in ("", of_level) and child in (None, where)
        )

    def parts(self) -> set[int]:
        """Return the areas in which there are grids."""
        return {where for where, _level in self.found[""] if where is not None}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many on a day; ``query`` and ``whole`` lead to the lists of both."""

    part: int
    of: int
    query: str
    whole: str

    @property
    def percent(self) -> float | None:
        """The share in per cent with two decimals; None of nothing."""
        return round(100 * self.part / self.of, 2) if self.of else None


@dataclass(frozen=True, slots=True)
class Line:
    """One measure, before and now; ``rising`` says whether more of it is better."""

    label: str
    before: Share
    now: Share
    rising: bool = False

    @property
    def change(self) -> float | None:
        """By how many percentage points it has changed."""
        if not self.before.of or not self.now.of:
            return None
        return round(100 * (self.now.part / self.now.of - self.before.part / self.before.of), 2)

    @property
    def better(self) -> bool | None:
        """Say whether the change is one for the better; None where nothing but the whole has changed."""
        same = self.now.part == self.before.part
        return None if same or not self.change else (self.change > 0) == self.rising


@dataclass(frozen=True, slots=True)
class Part:
    """One area of a place with its shares, in the order of the measures."""

    code: str
    name: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A place before and now, measure by measure, and each of its areas now."""

    place: Place
    before: date
    day: date
    lines: tuple[Line, ...]
    heads: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A finding of the grids of one level, or without one of all levels, as a share of ``whole``."""

    finding: str
    level: str
    whole: str = ""

    @property
    def label(self) -> str:
        """The measure in words."""
        if not self.level:
            return FINDINGS[self.finding].title
        told = {"level": level_name(self.level), "finding": FINDINGS[self.finding].title}
        return _("%(level)s: %(finding)s") % told


def measures() -> list[Measure]:
    """Return what is told of each level of the profile's pairs."""
    levels = paired_levels()
    sized = [Measure("over", "general", "limited")] if "general" in levels else []
    told = [Measure(finding, level) for finding in ("gap", "no_overseer", "vacant") for level in levels]
    return [Measure("covered", level) for level in levels] + sized + told


def measures_by_area() -> list[Measure]:
    """Return what is told of each area of a place."""
    told = [one for one in measures() if one.finding in ("covered", "over")]
    return [*told, Measure("no_overseer", ""), Measure("vacant", "")]


def counts(viewer: Viewer, place: Place, day: date, findings: Iterable[str]) -> Counts:
    """Count the grids of a place on a day, and those with each finding. One statement each."""
    require(viewer, "redline.see")
    rows = grids_on(viewer, day).filter(place.within()).order_by()
    made = Counts(day)
    for name in ("", *findings):
        some = rows.filter(FINDINGS[name].filter(day)) if name else rows
        told = some.values_list(f"{place.child}_id", "level").annotate(found=Count("pk"))
        made.found[name] = {(where, level): number for where, level, number in told}
    if "gap" in made.found:
        gaps = made.found["gap"]
        made.found["covered"] = {key: number - gaps.get(key, 0) for key, number in made.found[""].items()}
    return made


def coverage(viewer: Viewer, place: Place, before: date, day: date) -> Coverage:
    """Return how far the line of a place reaches, before and now, and in each of its areas."""
    then, now = (counts(viewer, place, on, SHARED) for on in (before, day))
    told = measures()
    lines = [
        Line(one.label, share(then, place.code, one), share(now, place.code, one), one.finding == "covered")
        for one in told
    ]
    loose = [_loose(viewer, place, on) for on in (before, day)]
    lines.append(Line(_("Organisations without a grid"), loose[0], loose[1]))
    shown = measures_by_area()
    areas = Area.objects.filter(pk__in=now.parts()).order_by("code").values_list("pk", "code", "name")
    parts = [
        Part(code, name, tuple(share(now, code, one, pk) for one in shown))
        for pk, code, name in areas
        if code != place.code
    ]
    return Coverage(place, before, day, tuple(lines), tuple(one.label for one in shown), tuple(parts))


def share(found: Counts, code: str, measure: Measure, child: int | None = None) -> Share:
    """Return the share of one measure in a place, or in one of its areas."""
    return Share(
        found.of(measure.finding, measure.level, child),
        found.of(measure.whole, measure.level, child),
        list_query(code, found.day, measure.level, measure.finding),
        list_query(code, found.day, measure.level, measure.whole),
    )


def _loose(viewer: Viewer, place: Place, day: date) -> Share:
    here = place.within("area__")
    part = loose_on(viewer, day).filter(here).count()
    of = standing_on(viewer, day).filter(here).count()
    return Share(part, of, list_query(place.code, day, "", LOOSE), "")


def list_query(code: str, day: date, level: str = "", state: str = "") -> str:
    """Return what follows the address of the list to show what a number counts."""
    asked = {"area": code, "level": level, "state": state, "day": "" if day == today() else day.isoformat()}
    return urlencode({name: value for name, value in asked.items() if value})


def first_day(viewer: Viewer, place: Place) -> date | None:
    """Return the day from which on grids of a place are known; None before any. One statement."""
    rows = GridVersion.objects.filter(place.within("area__"), level__in=paired_levels())
    if not viewer.system:
        rows = rows.filter(area__in=grids_on(viewer, today()).values("pk"))
    return rows.order_by("valid__startswith").values_list("valid__startswith", flat=True).first()


def months(viewer: Viewer, place: Place, until: date) -> list[tuple[date, dict[str, Share]]]:
    """Return the shares of the last months, each on its first day, the oldest first."""
    shown = [one for one in measures() if one.finding in ("covered", "over")]
    told = []
    for day in firsts(until):
        found = counts(viewer, place, day, ("gap", "over", "limited"))
        told.append((day, {one.label: share(found, place.code, one) for one in shown}))
    return told


def firsts(until: date) -> list[date]:
    """Return the first days of the last months up to a day."""
    month = until.year * 12 + until.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(month - MONTHS + 1, month + 1)]
