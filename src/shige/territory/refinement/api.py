"""Changes of a plan by hand for programs of the staff: moves, names, locks and wishes (R6)."""

from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from shige.trust.asked_fields import cleaned, values_in
from shige.trust.gate import Viewer, require
from shige.trust.page_access import STAFF_AUTH, admitted

from ..deferred import plan_later
from ..lineage import lineage_of
from ..models import Building, Plan
from ..plans.api import PlanDetailOut, told
from ..plans.queries.plans import plan_of
from ..plans.workflow import LIFE
from .borders import MOST_POINTS
from .commands.moves import compute_again, move_building
from .commands.wishes import (
    draw_line,
    drop_wish,
    drop_wishes,
    keep_apart,
    keep_together,
    lock_grid,
    rename_grid,
)
from .forms import LineForm, MoveForm, PairForm
from .queries.moves import Choice, choice, effect, found_buildings

router = Router(tags=["plans"], auth=STAFF_AUTH)

Degrees = Annotated[float, Field(ge=-180, le=180)]


class FoundOut(Schema):
    """A building of a plan's area."""

    unit: str
    address: str


class OfferedOut(Schema):
    """A grid into which a building may go."""

    code: str
    name: str
    households: int
    shops: int


class HeldOut(Schema):
    """A part of a building (all of it: empty) and the grid that holds it."""

    part: str
    grid: OfferedOut
    households: int
    shops: int
    locked: bool


class ChoiceOut(Schema):
    """One building of a plan: where it lies, and where else it may go."""

    unit: str
    address: str
    known: list[str]
    parts: list[HeldOut]
    beside: list[OfferedOut]


class DoorsOut(Schema):
    """A grid whose doors change."""

    name: str
    before: int
    after: int


class EffectOut(Schema):
    """What a move does: doors, rules or wishes that it breaks, rules that it mends."""

    grids: list[DoorsOut]
    broken: list[str]
    mended: list[str]


class MoveIn(Schema, extra="forbid"):
    """Which building, or part of one, goes into which grid; `version` of the plan that was seen."""

    unit: str
    part: str = ""
    target: str
    version: int


class LockIn(Schema, extra="forbid"):
    """Whether a micro-grid stays as it is."""

    code: str
    locked: bool


class NameIn(Schema, extra="forbid"):
    """Another name for a grid."""

    code: str
    name: str


class PairIn(Schema, extra="forbid"):
    """Two buildings that lie together or apart."""

    wish: Literal["together", "apart"]
    unit: str
    other: str


class LineIn(Schema, extra="forbid"):
    """A border, point by point: longitude and latitude (WGS-84)."""

    points: list[tuple[Degrees, Degrees]] = Field(max_length=MOST_POINTS)


class ForgottenIn(Schema, extra="forbid"):
    """The key of a wish; null for all of them."""

    wish: str | None = None


@router.get("/{veiled:pk}/buildings", response=list[FoundOut], url_name="plan_buildings")
def buildings(request: HttpRequest, pk: int, q: str) -> list[Building]:
    """Find buildings of a plan by their address."""
    return found_buildings(_changeable(admitted(request, "plan.propose"), pk), q)


@router.get("/{veiled:pk}/building", response=ChoiceOut, url_name="plan_building")
def building(request: HttpRequest, pk: int, unit: str) -> Choice:
    """Return one building with the grids into which it may go."""
    return choice(_changeable(admitted(request, "plan.propose"), pk), unit)


@router.get("/{veiled:pk}/check", response=EffectOut, url_name="plan_check")
def check(request: HttpRequest, pk: int, unit: str, target: str, part: str = "") -> dict[str, object]:
    """Say what a move would do, and do nothing."""
    found = _changeable(admitted(request, "plan.propose"), pk)
    form = MoveForm({"unit": unit, "part": part, "target": target, "version": found.version})
    cleaned(form, form.data)
    done = effect(found, form.wanted())
    grids = [{"name": name, "before": before, "after": after} for name, before, after in done.grids]
    return {"grids": grids, "broken": done.broken, "mended": done.mended}


@router.post("/{veiled:pk}/move", response=PlanDetailOut, url_name="plan_move")
def move(request: HttpRequest, pk: int, given: MoveIn) -> dict[str, object]:
    """Put a building, or a part of one, into another grid."""
    viewer, found = _asked(request, pk)
    form = MoveForm(values_in(given))
    cleaned(form, form.data)
    move_building(viewer, found, form.wanted(), given.version)
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/lock", response=PlanDetailOut, url_name="plan_lock")
def lock(request: HttpRequest, pk: int, given: LockIn) -> dict[str, object]:
    """Lock a micro-grid, or let it go."""
    viewer, found = _asked(request, pk)
    lock_grid(viewer, found, given.code, given.locked)
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/name", response=PlanDetailOut, url_name="plan_name")
def name(request: HttpRequest, pk: int, given: NameIn) -> dict[str, object]:
    """Give a grid another name from the plan's date on."""
    viewer, found = _asked(request, pk)
    rename_grid(viewer, found, given.code, given.name)
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/pair", response=PlanDetailOut, url_name="plan_pair")
def pair(request: HttpRequest, pk: int, given: PairIn) -> dict[str, object]:
    """Keep two buildings together or apart when the plan is computed again."""
    viewer, found = _asked(request, pk)
    said = cleaned(PairForm(values_in(given)), values_in(given))
    keep = keep_together if said["wish"] == "together" else keep_apart
    keep(viewer, found, frozenset({said["unit"], said["other"]}))
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/line", response=PlanDetailOut, url_name="plan_line")
def border(request: HttpRequest, pk: int, given: LineIn) -> dict[str, object]:
    """Draw a border that the next computation keeps."""
    viewer, found = _asked(request, pk)
    sent = {"points": "\n".join(f"{lon}, {lat}" for lon, lat in given.points)}
    draw_line(viewer, found, cleaned(LineForm(sent), sent)["points"])
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/forget", response=PlanDetailOut, url_name="plan_forget")
def forget(request: HttpRequest, pk: int, given: ForgottenIn) -> dict[str, object]:
    """Forget one thing that was to be honoured, or all of them."""
    viewer, found = _asked(request, pk)
    if given.wish is None:
        drop_wishes(viewer, found)
    else:
        drop_wish(viewer, found, given.wish)
    return told(viewer, plan_of(viewer, pk))


@router.post("/{veiled:pk}/again", response=PlanDetailOut, url_name="plan_again")
def again(request: HttpRequest, pk: int) -> dict[str, object]:
    """Compute a plan again from what it holds."""
    viewer, found = _asked(request, pk)
    plan_later(compute_again(viewer, found).pk)
    return told(viewer, plan_of(viewer, pk))


def _asked(request: HttpRequest, pk: int) -> tuple[Viewer, Plan]:
    viewer = admitted(request, "plan.propose")
    return viewer, plan_of(viewer, pk)


def _changeable(viewer: Viewer, pk: int) -> Plan:
    found = plan_of(viewer, pk)
    require(viewer, "plan.propose", lineage_of(found.scope))
    if found.state not in LIFE["change"].origins:
        raise Http404
    return found
