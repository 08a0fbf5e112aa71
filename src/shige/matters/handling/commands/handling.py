"""What the owner of a matter does with it: take it, note, set its place, report it solved (R22)."""

from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.language.masking import masked
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.jurisdiction import profile

from ... import clock
from ...assignment.choice import Question, assigned
from ...categories import category_of_matter
from ...confirmation.commands.answers import end_unconfirmed
from ...filing.commands.photos import Staged, attach_staged
from ...filing.composition import set_location
from ...filing.location import Location, location_of
from ...models import Matter
from ...report import UNASKED, Place
from ...sealing.commands.again import judged_again, seal_again
from ...tasks.actors import open_work
from ...visits.schedule import plan_call, plan_visits, visit_days
from ...workflow.actors import lineage_of_matter
from ...workflow.commands.steps import advance, authorise, tell_owner, tell_reporter
from ...workflow.workflows import DISPUTE

PLACE_COLUMNS = (
    "lon", "lat", "building_id", "entrance", "floor", "place",
    "district_id", "street_id", "community_id", "general_id", "leaf_id",
)  # fmt: skip


@transaction.atomic
def take(viewer: Viewer, number: str) -> Matter:
    """Take a matter in hand; the first time this is the answer that the reporter was promised."""
    matter, transition = authorise(viewer, number, "take")
    return advance(viewer, matter, transition, responded_at=matter.responded_at or clock.now())


@transaction.atomic
def add_note(viewer: Viewer, number: str, note: str) -> Matter:
    """Note what was done; the reporter reads it."""
    matter, transition = authorise(viewer, number, "note")
    return advance(viewer, matter, transition, note)


@transaction.atomic
def set_place(viewer: Viewer, number: str, place: Place) -> Matter:
    """Put a matter where it belongs, and with it in the hands of whoever answers there.

    What is stored of its words is judged again first: they may name whoever serves there (P3).

    Raises
    ------
    ValidationError
        The place, too, lies outside every grid.
    """
    matter, transition = authorise(viewer, number, "set_place")
    location = location_of(place)
    if location.lineage.community is None:
        raise ValidationError({"place": _("This place lies outside every grid as well.")})
    category, before = category_of_matter(matter), lineage_of_matter(matter)
    if location.building != matter.building_id:
        matter.entrance, matter.floor = place.entrance, place.floor
    set_location(matter, replace(location, address=_address(matter, location)))
    places = {column: getattr(matter, column) for column in PLACE_COLUMNS}
    said = judged_again(matter, before)
    if said is not None:
        advance(viewer, matter, transition, **places)
        return seal_again(matter, said)
    owner = assigned(profile(), Question.about(matter, category))
    advance(viewer, matter, transition, remark=owner.remark, to_post=owner.post, tier=owner.tier, **places)
    tell_owner("matter.assigned", matter)
    return matter


def _address(matter: Matter, location: Location) -> str:
    """Return the address of a place that was found; what the reporter wrote of it stays beside it."""
    if matter.lon is not None or not matter.place:
        return location.address or matter.place
    if location.building is None:
        return matter.place  # all that would stand there is the name of the grid
    return location.address if matter.place in location.address else f"{location.address}（{matter.place}）"


@transaction.atomic
def solve(
    viewer: Viewer,
    number: str,
    note: str,
    despite: str = "",
    staged: Staged | None = None,
    action: str = "solve",
) -> Matter:
    """Report a matter as solved and ask the reporter, who alone can say that it is (R25).

    ``staged`` are photos before and after the work, which the reporter sees side by side. ``action`` is the
    finding where the table has more than one (a complaint about staff is found true or not).

    Raises
    ------
    ValidationError
        Tasks of it are still open, and ``despite`` does not say why it is solved all the same (R26).
    """
    matter, transition = authorise(viewer, number, action)
    remark = result_of(matter, despite, staged)
    moment = clock.now()
    confirm_by = moment + timedelta(days=profile().feedback.confirm_days)
    solved = matter.solved_at or moment  # an agreement was the solution of a dispute
    advance(viewer, matter, transition, note, remark=remark, solved_at=solved, confirm_by=confirm_by)
    if matter.kind == DISPUTE:
        plan_visits(matter, visit_days())
    plan_call(matter)
    tell_reporter("matter.solved", matter, confirm_by=confirm_by.isoformat())
    if matter.source in UNASKED:
        end_unconfirmed(SYSTEM, matter)
    return matter


@transaction.atomic
def hear(viewer: Viewer, number: str, account: str) -> Matter:
    """Note what somebody whom a complaint is about says; the reporter does not read it."""
    matter, transition = authorise(viewer, number, "hear")
    return advance(viewer, matter, transition, account)


def result_of(matter: Matter, despite: str, staged: Staged | None) -> str:
    """Attach what a result comes with; return why it stands although tasks are open, for the office.

    Raises
    ------
    ValidationError
        Tasks are open, and ``despite`` is empty (R26).
    """
    remark = masked(despite.strip()) if open_work(matter) else ""
    if open_work(matter) and not remark:
        raise ValidationError({"despite": _("Tasks are still open: withdraw them, or say why.")})
    attach_staged(matter, staged or {})
    return remark
