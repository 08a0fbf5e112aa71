"""Reports as their overseers, the organisation above and the street read them (R10)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from shige.insight.labels import closed_words
from shige.insight.periods import Closed, closed_periods
from shige.matters import clock
from shige.matters.visibility.areas import inside
from shige.redline.models import Standing
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ..models import Report
from ..reach import Overseen, overseen
from .drafting import TITLES

OFFERED: Final = 4
"""Quarters that a report may still be drafted of."""

SHOWN: Final = 100
"""How many reports a list shows."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with the name of its organisation; ``own``: its reader may edit it and hand it in."""

    report: Report
    organisation: str
    own: bool

    @property
    def quarter(self) -> str:
        """Its quarter in words."""
        return quarter_words(self.report.quarter)

    @property
    def paragraphs(self) -> list[tuple[str, str, str]]:
        """Code, title and text of each paragraph."""
        return [(code, str(title), self.report.paragraphs.get(code, "")) for code, title in TITLES.items()]


def quarters() -> list[Closed]:
    """Return the quarters that a report may be drafted of, the last one first."""
    return closed_periods(("quarter",), localdate(clock.now()), profile().told_after_days)[:OFFERED]


def quarter_words(key: str) -> str:
    """Return a quarter's key in words; a key of long ago as it is."""
    known = closed_periods(("quarter",), localdate(clock.now()), 0)
    return next((closed_words(one) for one in known if one.key == key), key)


def reports_seen(viewer: Viewer) -> list[ReportView]:
    """Return the reports that somebody writes or is to read, the newest quarter first."""
    return _views(viewer, _seen(viewer).order_by("-quarter", "area__code")[:SHOWN])


def report_seen(viewer: Viewer, pk: int) -> ReportView | None:
    """Return a report that ``viewer`` may read; None for anybody else."""
    return next(iter(_views(viewer, _seen(viewer).filter(pk=pk))), None)


def reports_known(viewer: Viewer, keys: Collection[str]) -> set[str]:
    """Return those of some reports, by the keys that messages name, that ``viewer`` may still read."""
    seen = _seen(viewer).filter(pk__in=[int(key) for key in keys])
    return {str(pk) for pk in seen.values_list("pk", flat=True)}


def missing(viewer: Viewer) -> list[tuple[Overseen, Closed]]:
    """Return of which own areas there is no report yet, with the last quarter that is over."""
    last = next(iter(quarters()), None)
    own = overseen(viewer) if last else []
    written = Report.objects.filter(organisation__in=[one.organisation for one in own])
    done = set(written.filter(quarter=last.key if last else "").values_list("organisation", flat=True))
    return [(one, last) for one in own if last and one.organisation not in done]


def _seen(viewer: Viewer) -> QuerySet[Report]:
    """Return the own ones, and those that were handed in to one's organisation, office or street."""
    own = [one.organisation for one in overseen(viewer)]
    overseeing = {scope.post for scope in viewer.holding("oversight.see")}
    scopes = [scope for scope in viewer.holding("report.see") if scope.post not in overseeing]
    here = inside([scope.area for scope in scopes], "area__") if scopes else Q(pk__in=[])
    handed_in = Q(handed_in_at__isnull=False) & (Q(above__in=own) | here)
    return Report.objects.filter(Q(organisation__in=own) | handed_in).select_related("area", "post")


def _views(viewer: Viewer, reports: QuerySet[Report]) -> list[ReportView]:
    own = {one.organisation for one in overseen(viewer)}
    rows = list(reports)
    named = Standing.objects.filter(organisation__in={row.organisation_id for row in rows}).order_by("pk")
    names = dict(named.values_list("organisation", "name"))
    return [ReportView(row, names.get(row.organisation_id, ""), row.organisation_id in own) for row in rows]
