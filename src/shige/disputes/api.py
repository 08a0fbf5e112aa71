"""Disputes for programs of the staff: the daily list, the month in sum, mediation and plans (R24, R27)."""

from datetime import date, datetime
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from shige.territory.models import Area
from shige.trust.asked_fields import cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted

from .mediation.api import router as mediation_router
from .mediation.daily import daily_of
from .mediation.forms import MonthForm
from .month.commands import write_month
from .month.queries import month_of, months_back, summed_areas
from .plans.api import router as plans_router
from .plans.queries import plans_due

router = Router(auth=STAFF_AUTH)


class AreaOut(Schema):
    """An area whose disputes are summed up."""

    code: str
    name: str


class DisputeOut(Schema):
    """One open dispute: its age in days, what was last, what is next, what is overdue."""

    number: str
    category: str
    place: str
    owner: str
    days: int
    state: str
    state_label: str
    last_session: datetime | None
    next_on: date | None
    overdue: int
    late: bool
    led: bool


class GridDisputesOut(Schema):
    """The open disputes of one grid, the oldest first."""

    grid: str
    lines: list[DisputeOut]


class PlanDueOut(Schema):
    """An open claim of a group with its plan."""

    number: str
    category: str
    place: str
    due_at: datetime
    adopted_at: datetime | None
    measures: int
    done: int


class DailyOut(Schema):
    """The open disputes by grid, how many are of each kind of `show`, and the claims of groups."""

    grids: list[GridDisputesOut]
    counts: dict[str, int]
    plans: list[PlanDueOut]


class SumOut(Schema):
    """Disputes of one grid or kind."""

    name: str
    came: int
    settled: int


class CountsOut(Schema):
    """The disputes of a month, together and apart."""

    total: SumOut
    committee: int
    reopened: int
    grids: list[SumOut]
    kinds: list[SumOut]


class TextOut(Schema):
    """What a month has taught."""

    experience: str
    shortcomings: str
    written_at: datetime


class MonthOut(Schema):
    """A month's disputes; `counts` are told to whoever sees matters there."""

    area: AreaOut
    first: date
    counts: CountsOut | None
    text: TextOut | None
    may_write: bool


class TextIn(Schema, extra="forbid"):
    """What a month has taught."""

    experience: str = ""
    shortcomings: str = ""


@router.get("/disputes", response=DailyOut, url_name="disputes", tags=["disputes"])
def disputes(
    request: HttpRequest,
    area: str = "",
    show: Literal["open", "overdue", "without_session", "committee"] = "open",
) -> dict[str, object]:
    """List the open disputes of the caller's areas by grid; ``area`` is a code of `…/areas`."""
    viewer = admitted(request, "matter.dispatch")
    daily = daily_of(viewer, _area(viewer, area) if area else None, show)
    return {"grids": daily.grids, "counts": daily.counts, "plans": plans_due(viewer)}


@router.get("/disputes/areas", response=list[AreaOut], url_name="dispute_areas", tags=["disputes"])
def areas(request: HttpRequest) -> list[Area]:
    """Return the areas whose disputes the caller may have summed up, the widest first."""
    return summed_areas(admitted(request, "figures.see"))


@router.get("/disputes/areas/{code}/{month}", response=MonthOut, url_name="dispute_month", tags=["disputes"])
def month(request: HttpRequest, code: str, month: str) -> object:
    """Return a month's disputes in sum; ``month`` as in 2026-07, at most a year back."""
    viewer = admitted(request, "figures.see")
    return month_of(viewer, _area(viewer, code), _month(month))


@router.post("/disputes/areas/{code}/{month}", response=MonthOut, url_name="month_write", tags=["disputes"])
def write(request: HttpRequest, code: str, month: str, given: TextIn) -> object:
    """Write or replace what a month has taught."""
    viewer = admitted(request, "figures.see")
    area, first, sent = _area(viewer, code), _month(month), values_in(given)
    said = cleaned(MonthForm(sent), sent)
    try:
        write_month(viewer, area, first, said["experience"], said["shortcomings"])
    except PermissionDenied as error:
        raise Http404 from error
    return month_of(viewer, area, first)


router.add_router("/matters", mediation_router)
router.add_router("/matters", plans_router)


def _area(viewer: Viewer, code: str) -> Area:
    found = next((area for area in summed_areas(viewer) if area.code == code), None)
    if found is None:
        raise Http404
    return found


def _month(written: str) -> date:
    found = next((first for first in months_back() if f"{first:%Y-%m}" == written), None)
    if found is None:
        raise Http404
    return found
