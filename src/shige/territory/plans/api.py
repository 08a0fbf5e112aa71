"""Plans of division for programs of the staff: proposed, read, submitted, decided or returned (R3, R7)."""

import json
from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from shige.trust.asked_fields import AskedField, asked_by, cleaned, key_in, values_in
from shige.trust.gate import Viewer, may
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from ..computation.geojson import features
from ..deferred import plan_later
from ..labels import plan_number, plan_state
from ..lineage import lineage_of
from ..models import Plan
from ..refinement.queries.wishes import wish_list
from .commands.decision import decide_plan
from .commands.proposal import refuse_plan, request_plan
from .commands.submission import comment_on, submit_plan
from .forms import CommentForm, DecideForm, ProposeForm, RefuseForm
from .queries.affected import affected
from .queries.comparison import against_before, against_each_other, division_before, others
from .queries.history import history
from .queries.plans import division_in, plan_list, plan_of, plan_view
from .workflow import COMPUTED, LIFE

router = Router(tags=["plans"], auth=STAFF_AUTH)


class ScopeOut(Schema):
    """The area that a plan divides."""

    code: str
    name: str


class PlanOut(Schema):
    """One line of the list."""

    id: str
    number: str
    scope: ScopeOut
    state: str
    state_label: str
    moved_households: int | None
    effective_on: date | None
    created_at: datetime
    reason: str = Field(description="why it was returned or has failed")
    version: int


class LevelOut(Schema):
    """Grids of a level and their mean doors, before and after."""

    level: str
    before: int
    after: int
    doors_before: float
    doors_after: float


class ChangeOut(Schema):
    """A grid that is `new`, `changed` or `closed`, with its doors before and after."""

    kind: str
    code: str
    name: str
    was: str
    level: str
    before: int | None
    after: int | None


class BrokenOut(Schema):
    """A rule that a plan cannot keep: what, and why."""

    code: str
    name: str
    level: str
    rule: str
    what: str
    why: str


class LineOut(Schema):
    """One measure of two divisions, in words."""

    label: str
    first: str
    second: str
    difference: str
    better: str


class WishOut(Schema):
    """What a plan has to honour, as whoever may change it sees it: `waiting`, `kept` or `refused`."""

    key: str
    kind: str
    words: str
    state: str
    why: str


class HistoryOut(Schema):
    """What was said or done about a plan."""

    label: str
    who: str
    when: datetime
    note: str


class PlanDetailOut(PlanOut):
    """One plan; what it changes is empty until it is computed."""

    levels: list[LevelOut]
    changes: list[ChangeOut]
    broken: list[BrokenOut]
    against_before: list[LineOut]
    wishes: list[WishOut]
    history: list[HistoryOut]
    others: list[str] = Field(description="ids of plans to compare with")
    steps: list[str] = Field(description="what the caller may do now")


class ComparedOut(Schema):
    """Two plans of one area."""

    lines: list[LineOut]


class TeamOut(Schema):
    """A post to be told and who holds it."""

    name: str
    holders: list[str]


class AffectedOut(ChangeOut):
    """A grid that changes, the households that come and go, and whom it concerns."""

    joins: int
    leaves: int
    teams: list[TeamOut]


class ProposalIn(Schema, extra="forbid"):
    """Which area to divide; `GET …/new` names areas and settings, what is left out is the profile's."""

    scope: str
    settings: dict[str, str | float] = {}


class WordsIn(Schema, extra="forbid"):
    """A comment, without names or telephone numbers of residents."""

    words: str


class DayIn(Schema, extra="forbid"):
    """From which day on a plan holds."""

    effective_on: date


class ReasonIn(Schema, extra="forbid"):
    """Why a plan is returned."""

    reason: str


@router.get("", response=list[PlanOut], url_name="plans")
def plans(request: HttpRequest) -> list[dict[str, object]]:
    """List the newest plans where the caller works."""
    return [line(plan) for plan in plan_list(admitted(request, "plan.see"))]


@router.get("/new", response=list[AskedField], url_name="plan_asked")
def asked(request: HttpRequest) -> list[AskedField]:
    """Return what a plan asks for."""
    return asked_by(ProposeForm(admitted(request, "plan.propose")))


@router.post("", response={201: PlanOut}, url_name="plan_propose")
def propose(request: HttpRequest, given: ProposalIn) -> Status[dict[str, object]]:
    """Request a plan; it is computed meanwhile: ask for it again until it waits no longer."""
    viewer = admitted(request, "plan.propose")
    sent = {**given.settings, **values_in(given)}
    del sent["settings"]
    form = ProposeForm(viewer, sent)
    made = request_plan(viewer, cleaned(form, sent)["scope"], form.settings())
    plan_later(made.pk)
    return Status(201, line(made))


@router.get("/{veiled:pk}", response=PlanDetailOut, url_name="plan_of_division")
def plan(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return what a plan changes, which rules it cannot keep, and what was said about it."""
    viewer = admitted(request, "plan.see")
    return told(viewer, plan_of(viewer, pk))


@router.get("/{veiled:pk}/grids/{side}", response=dict[str, Any], url_name="plan_grids")
def grids(request: HttpRequest, pk: int, side: Literal["before", "after"]) -> Any:
    """Return the grids of a plan, or of what it replaces, as GeoJSON."""
    found = _computed(admitted(request, "plan.see"), pk)
    if side == "before":
        return json.loads(features(division_before(found), {}))
    marks = {change.code: change.kind for change in plan_view(found).changes}
    return json.loads(features(division_in(found), marks))


@router.get("/{veiled:pk}/compare", response=ComparedOut, url_name="plan_compare")
def compare(request: HttpRequest, pk: int, other: str) -> dict[str, object]:
    """Compare a plan with another one of its area."""
    viewer = admitted(request, "plan.see")
    first, key = _computed(viewer, pk), key_in("other", other)
    second = next((plan for plan in others(viewer, first) if plan.pk == key), None)
    if second is None:
        raise Http404
    return {"lines": against_each_other(first, plan_of(viewer, second.pk))}


@router.get("/{veiled:pk}/notice", response=list[AffectedOut], url_name="plan_notice")
def notice(request: HttpRequest, pk: int) -> list[dict[str, object]]:
    """Return the grids that a plan changes and the posts to be told."""
    return [
        {
            **{name: getattr(found.change, name) for name in ChangeOut.model_fields},
            "joins": found.joins,
            "leaves": found.leaves,
            "teams": [
                {"name": team.name, "holders": [holder.name for holder in team.holders]}
                for team in found.teams
            ],
        }
        for found in affected(_computed(admitted(request, "plan.see"), pk))
    ]


@router.post("/{veiled:pk}/submit", response=PlanDetailOut, url_name="plan_submit")
def submit(request: HttpRequest, pk: int) -> dict[str, object]:
    """Hand a plan to the street."""
    viewer = admitted(request, "plan.propose")
    submit_plan(viewer, plan_of(viewer, pk))
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/comments", response={201: PlanDetailOut}, url_name="plan_comment")
def comment(request: HttpRequest, pk: int, given: WordsIn) -> Status[dict[str, object]]:
    """Write a comment under a plan."""
    viewer = admitted(request, "plan.see")
    found, sent = plan_of(viewer, pk), values_in(given)
    comment_on(viewer, found, cleaned(CommentForm(sent), sent)["words"])
    return Status(201, told(viewer, found))


@router.post("/{veiled:pk}/decide", response=PlanDetailOut, url_name="plan_decide")
def decide(request: HttpRequest, pk: int, given: DayIn) -> dict[str, object]:
    """Put a plan into force from a day on."""
    viewer = admitted(request, "plan.decide")
    found, sent = plan_of(viewer, pk), values_in(given)
    decide_plan(viewer, found, cleaned(DecideForm(sent), sent)["effective_on"])
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/refuse", response=PlanDetailOut, url_name="plan_refuse")
def refuse(request: HttpRequest, pk: int, given: ReasonIn) -> dict[str, object]:
    """Return a plan with a reason."""
    viewer = admitted(request, "plan.decide")
    found, sent = plan_of(viewer, pk), values_in(given)
    refuse_plan(viewer, found, cleaned(RefuseForm(sent), sent)["reason"])
    return told(viewer, plan_of(viewer, pk))


def line(plan: Plan) -> dict[str, object]:
    """Return a plan as it stands in the list."""
    same = ("scope", "state", "moved_households", "effective_on", "created_at", "reason", "version")
    return {
        **{name: getattr(plan, name) for name in same},
        "id": veiled("key", str(plan.pk)),
        "number": plan_number(plan.pk),
        "state_label": plan_state(plan.state),
    }


def told(viewer: Viewer, plan: Plan) -> dict[str, object]:
    """Return a plan as its page shows it."""
    view = plan_view(plan) if plan.state in COMPUTED else None
    place = lineage_of(plan.scope)
    steps = [
        name for name, step in LIFE.items() if plan.state in step.origins and may(viewer, step.action, place)
    ]
    return {
        **line(plan),
        "levels": view.levels if view else [],
        "changes": view.changes if view else [],
        "broken": [
            {
                **{name: getattr(found, name) for name in ("code", "name", "level")},
                **{name: getattr(found.broken, name) for name in ("rule", "what", "why")},
            }
            for found in (view.violations if view else ())
        ],
        "against_before": against_before(plan, division_before(plan)) if view else [],
        "wishes": wish_list(plan) if "change" in steps else [],
        "history": history(plan) if view else [],
        "others": [veiled("key", str(other.pk)) for other in others(viewer, plan)] if view else [],
        "steps": steps,
    }


def _computed(viewer: Viewer, pk: int) -> Plan:
    found = plan_of(viewer, pk)
    if found.state not in COMPUTED:
        raise Http404
    return found
