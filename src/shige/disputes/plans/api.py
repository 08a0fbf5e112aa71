"""The plan for the claim of a group for programs of the staff, by counts and never by names (R23, P8)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from . import commands, corrections
from .corrections import Correction
from .forms import GroupForm, MeasureForm, ProgressForm, correcting, correction_of
from .queries import PlanView, plan_page

router = Router(tags=["disputes"], auth=STAFF_AUTH)


class GroupOut(Schema):
    """Claimants with one interest; `count` is null where it is too small to be told."""

    id: str
    interest: str
    count: int | None


class MeasureOut(Schema):
    """One measure; `dropped` is why it was dropped from the adopted plan."""

    id: str
    group: str
    what: str
    body: str
    due: date
    done_at: datetime | None
    progress: str
    late: bool
    may_note: bool
    dropped: str


class PlanOut(Schema):
    """A plan, and for whoever makes it what a group and a measure ask for."""

    number: str
    due_at: datetime
    adopted_at: datetime | None
    groups: list[GroupOut]
    measures: list[MeasureOut]
    total: int | None
    standing: int
    done: int
    version: int = Field(description="goes into `seen` of a correction")
    may_plan: bool
    group_fields: list[AskedField]
    measure_fields: list[AskedField]


class GroupIn(Schema, extra="forbid"):
    """Claimants with one interest: what unites them, never names."""

    interest: str
    count: int


class MeasureIn(Schema, extra="forbid"):
    """What is done, for one group or for all, by a post or a body, and by when."""

    what: str
    due: date
    group: str | None = None
    post: str | None = None
    body: str | None = None


class ProgressIn(Schema, extra="forbid"):
    """How far a measure came."""

    progress: str = ""
    done: bool = False


class CorrectionIn(Schema, extra="forbid"):
    """The version of the plan that was seen; the reason once the plan is adopted."""

    seen: int
    reason: str | None = None


class GroupChangeIn(GroupIn, CorrectionIn):
    """A group as it should be."""


class MeasureChangeIn(MeasureIn, CorrectionIn):
    """A measure as it should be."""


@router.get("/{number}/plan", response=PlanOut, url_name="plan")
def plan(request: HttpRequest, number: str, shared: bool = False) -> dict[str, object]:
    """Return the plan of a matter; with ``shared`` as it may leave the office, without small counts."""
    return _told(_found(admitted(request, "matter.handle"), number, shared=shared))


@router.post("/{number}/plan/groups", response={201: PlanOut}, url_name="plan_group")
def add_group(request: HttpRequest, number: str, given: GroupIn) -> Status[dict[str, object]]:
    """Add a group."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    sent = values_in(given)
    said = cleaned(GroupForm(sent), sent)
    return Status(201, _done(viewer, number, commands.add_group, said["interest"], said["count"]))


@router.post("/{number}/plan/measures", response={201: PlanOut}, url_name="plan_measure")
def add_measure(request: HttpRequest, number: str, given: MeasureIn) -> Status[dict[str, object]]:
    """Add a measure."""
    viewer = admitted(request, "matter.handle")
    sent = values_in(given)
    form = MeasureForm(_found(viewer, number), sent)
    cleaned(form, sent)
    return Status(201, _done(viewer, number, commands.add_measure, form.given()))


@router.post("/{number}/plan/adopt", response=PlanOut, url_name="plan_adopt")
def adopt(request: HttpRequest, number: str) -> dict[str, object]:
    """Adopt a plan in which every group has a measure."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    return _done(viewer, number, commands.adopt_plan)


@router.post("/{number}/plan/measures/{veiled:pk}/progress", response=PlanOut, url_name="plan_progress")
def progress(request: HttpRequest, number: str, pk: int, given: ProgressIn) -> dict[str, object]:
    """Note how far a measure came."""
    viewer = admitted(request, "matter.handle")
    _found(viewer, number)
    sent = values_in(given)
    said = cleaned(ProgressForm(sent), sent)
    return _done(viewer, number, commands.note_progress, pk, said["progress"], done=said["done"])


@router.post("/{number}/plan/groups/{veiled:pk}/change", response=PlanOut, url_name="plan_group_change")
def change_group(request: HttpRequest, number: str, pk: int, given: GroupChangeIn) -> dict[str, object]:
    """Correct a group."""
    viewer = admitted(request, "matter.handle")
    form = GroupForm(values_in(given))
    correction = _correction(_found(viewer, number), form)
    said = form.cleaned_data
    return _done(viewer, number, corrections.change_group, pk, said["interest"], said["count"], correction)


@router.post("/{number}/plan/groups/{veiled:pk}/remove", response=PlanOut, url_name="plan_group_remove")
def remove_group(request: HttpRequest, number: str, pk: int, given: CorrectionIn) -> dict[str, object]:
    """Take a group out of a draft."""
    viewer = admitted(request, "matter.handle")
    correction = _correction(_found(viewer, number), forms.Form(values_in(given)))
    return _done(viewer, number, corrections.remove_group, pk, correction)


@router.post("/{number}/plan/measures/{veiled:pk}/change", response=PlanOut, url_name="plan_measure_change")
def change_measure(request: HttpRequest, number: str, pk: int, given: MeasureChangeIn) -> dict[str, object]:
    """Correct a measure."""
    viewer = admitted(request, "matter.handle")
    found = _found(viewer, number)
    form = MeasureForm(found, values_in(given))
    correction = _correction(found, form)
    return _done(viewer, number, corrections.change_measure, pk, form.given(), correction)


@router.post("/{number}/plan/measures/{veiled:pk}/remove", response=PlanOut, url_name="plan_measure_remove")
def remove_measure(request: HttpRequest, number: str, pk: int, given: CorrectionIn) -> dict[str, object]:
    """Take a measure out; of an adopted plan it stays as dropped."""
    viewer = admitted(request, "matter.handle")
    correction = _correction(_found(viewer, number), forms.Form(values_in(given)))
    return _done(viewer, number, corrections.remove_measure, pk, correction)


def _found(viewer: Viewer, number: str, *, shared: bool = False) -> PlanView:
    found = plan_page(viewer, number, shared=shared)
    if found is None:
        raise Http404
    return found


def _correction(found: PlanView, form: forms.Form) -> Correction:
    correcting(form, found)
    cleaned(form, form.data)
    return correction_of(form)


def _done(
    viewer: Viewer, number: str, command: Callable[..., object], *given: Any, **more: Any
) -> dict[str, object]:
    """Carry a command out and return the plan; whoever may not is told that there is none, as on its page."""
    try:
        command(viewer, number, *given, **more)
    except PermissionDenied as error:
        raise Http404 from error
    return _told(_found(viewer, number))


def _told(found: PlanView) -> dict[str, object]:
    same = set(PlanOut.model_fields) - {"groups", "measures", "group_fields", "measure_fields"}
    of_measure = set(MeasureOut.model_fields) - {"id"}
    return {
        **{name: getattr(found, name) for name in same},
        "groups": [
            {"id": _key(group.pk), "interest": group.interest, "count": group.count} for group in found.groups
        ],
        "measures": [
            {"id": _key(measure.pk), **{name: getattr(measure, name) for name in of_measure}}
            for measure in found.measures
        ],
        "group_fields": asked_by(GroupForm()) if found.may_plan else [],
        "measure_fields": asked_by(MeasureForm(found)) if found.may_plan else [],
    }


def _key(pk: int) -> str:
    return veiled("key", str(pk))
