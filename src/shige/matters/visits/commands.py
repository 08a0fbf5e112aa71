"""Return visits: planned when a result is there, made by somebody other than whoever handled it (R25)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.language.masking import masked
from shige.trust.gate import Viewer
from shige.trust.handles import was_read_by
from shige.trust.in_office import held_posts
from shige.trust.jurisdiction import profile
from shige.trust.permissions import DEPARTMENTS, roles_of
from shige.trust.service_history import posts_hearing

from .. import clock
from ..assignment.routing import filled, seats_from
from ..categories import category_of_matter
from ..models import Matter, ReturnVisit
from ..models.matter import UNHAPPY
from ..tier_order import safe
from ..workflow.actors import dispatching, lineage_of_matter, own_posts, pending, sealed_of
from ..workflow.commands.notices import tell_posts
from ..workflow.commands.steps import advance, authorise, taken_up, tell_owner
from ..workflow.handlers import handlers_of, has_handled
from ..workflow.proof import proof_of
from ..workflow.schedule import promise_anew
from ..workflow.workflows import workflow_of

FROM: Final = {"M": "G", "G": "C", "C": "S"}
"""The tier that visits what a tier has handled; the street visits everything else."""


AT_ONCE: Final = (0,)
"""The days of a recheck, which is due as soon as the work is reported."""


def plan_visits(matter: Matter, days: Sequence[int]) -> list[ReturnVisit]:
    """Plan return visits so many days from today, in the caller's transaction, unless some wait already.

    Nothing is planned where nobody else is in office who could make them.
    """
    waiting = ReturnVisit.objects.filter(matter=matter, done_at=None, ended_at=None)
    post = None if waiting.exists() else visitor_of(matter)
    if post is None:
        return []
    moment = clock.now()
    due = [localdate(moment) + timedelta(days=count) for count in days]
    return ReturnVisit.objects.bulk_create(
        ReturnVisit(matter=matter, post_id=post, due=day, made_at=moment) for day in due
    )


def visit_in_doubt(matter: Matter) -> None:
    """Plan one return visit where the reporter has not said that it is solved, or is not content with it."""
    unsaid = matter.state in (Matter.State.UNCONFIRMED, Matter.State.UNCONFIRMABLE)
    doubtful = unsaid or (matter.rating is not None and matter.rating <= UNHAPPY)
    if doubtful and workflow_of(matter.kind).has("visit_ok"):
        plan_visits(matter, visit_days()[:1])


def plan_call(matter: Matter) -> None:
    """Plan at once a call to the reporter for whom somebody at work wrote (R25)."""
    if proof_of(matter) == "code" and workflow_of(matter.kind).has("confirm_by_phone"):
        plan_visits(matter, AT_ONCE)


def visit_days() -> list[int]:
    """Return after how many days a result is visited, the soonest first."""
    return sorted(set(profile().feedback.visit_days))


def end_visits(matter: Matter) -> None:
    """End the visits that wait: the result that they ask for is no longer there."""
    ReturnVisit.objects.filter(matter=matter, done_at=None, ended_at=None).update(ended_at=clock.now())


def visitor_of(matter: Matter) -> int | None:
    """Return the post whose task the visits are: the next tier's that somebody holds who did not handle it.

    Never below the street where the matter is guarded from there (P3, P4).
    """
    category = category_of_matter(matter)
    tier = safe(category, FROM.get(matter.tier, "S"))
    seats = list(seats_from(profile(), category, lineage_of_matter(matter), tier, stand_in=True))
    handled = handlers_of(matter)
    areas, roles = {seat.area for seat in seats}, {seat.role for seat in seats} - roles_of(DEPARTMENTS)
    held = [post for post in held_posts(areas, roles) if post.pk != matter.owner_id]
    hearing = posts_hearing(held, sealed_of(matter))
    found = filled(seats, (post for post in hearing if not handled.issuperset(post.holders)))
    return found[1].pk if found else None


@transaction.atomic
def visit_ok(viewer: Viewer, number: str, note: str) -> Matter:
    """Note that the result holds, as a return visit found.

    Raises
    ------
    PermissionDenied
        No visit is due at a post of ``viewer``.
    ValidationError
        ``viewer`` has handled the matter, or nothing is noted.
    """
    matter, transition = authorise(viewer, number, "visit_ok")
    made_by_another(viewer, matter, note)
    return advance(viewer, matter, transition, note)


@transaction.atomic
def visit_failed(viewer: Viewer, number: str, note: str) -> Matter:
    """Put a matter back in hand with its whole time anew: a return visit found that it does not hold.

    Errors as with ``visit_ok``.
    """
    matter, transition = authorise(viewer, number, "visit_failed")
    made_by_another(viewer, matter, note, ReturnVisit.Outcome.NOT_OK)
    end_visits(matter)
    promise_anew(matter)
    advance(viewer, matter, transition, note, **taken_up(matter))
    tell_owner("matter.reopened", matter)
    return matter


@transaction.atomic
def not_reached(viewer: Viewer, number: str, note: str) -> Matter:
    """Note that nobody answered a call to a reporter, which stays due today or tomorrow as the profile says.

    Errors as with ``visit_ok``; and ValidationError for whoever never opened the telephone.
    """
    matter, transition = authorise(viewer, number, "not_reached")
    _must_be_another(viewer, matter)
    must_have_called(viewer, matter)
    waiting = pending(ReturnVisit.objects.filter(matter=matter))
    later = timedelta(days=profile().feedback.call_again == "tomorrow")
    if not waiting.update(due=localdate(clock.now()) + later):
        raise ValidationError(_("No return visit is due. Load the page again."))
    return advance(viewer, matter, transition, note)


def must_have_called(viewer: Viewer, matter: Matter) -> None:
    """Refuse whoever cannot have called the reporter: they never looked at the number since the result."""
    if not was_read_by(viewer, matter.phone_handle, since=matter.solved_at):
        raise ValidationError(
            {"note": _("Open the contact first, and call: you have not looked at the number.")}
        )


def tell_visitors(viewer: Viewer) -> int:
    """Tell whoever holds a post whose return visit falls due today; return how many were told."""
    if not viewer.system:
        raise PermissionDenied("only the program itself reminds of visits")
    waiting = ReturnVisit.objects.filter(done_at=None, ended_at=None, due=localdate(clock.now()))
    visits = list(waiting.select_related("matter"))
    with transaction.atomic():
        for visit in visits:
            tell_posts("visit.due", "matter", visit.matter.number, visit.matter, [visit.post_id])
    return len(visits)


def made_by_another(
    viewer: Viewer, matter: Matter, note: str, outcome: ReturnVisit.Outcome = ReturnVisit.Outcome.OK
) -> None:
    """Write down the visit that is due, made by somebody who has not handled the matter.

    Raises
    ------
    ValidationError
        ``viewer`` has handled it, or no visit is due.
    """
    _must_be_another(viewer, matter)
    if not made(viewer, matter, outcome, note):
        raise ValidationError(_("No return visit is due. Load the page again."))


def _must_be_another(viewer: Viewer, matter: Matter) -> None:
    if has_handled(viewer.person, matter):
        raise ValidationError(_("Whoever has handled the matter does not make its return visit."))


def made(viewer: Viewer, matter: Matter, outcome: ReturnVisit.Outcome, note: str) -> bool:
    """Write down the visit of a matter that is due at a post of ``viewer``; False where there is none.

    Whoever dispatches there makes any post's.
    """
    waiting = pending(ReturnVisit.objects.filter(matter=matter))
    if not viewer.system and not dispatching(viewer, matter):
        waiting = waiting.filter(post__in=own_posts(viewer))
    visit = waiting.select_for_update().order_by("due").first()
    if visit is None:
        return False
    visit.done_at, visit.done_by_id, visit.outcome = clock.now(), viewer.person, outcome
    visit.note = masked(note.strip())
    visit.save(update_fields=["done_at", "done_by", "outcome", "note"])
    return True
