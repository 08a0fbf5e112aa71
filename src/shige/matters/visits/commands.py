"""Return visits as they are made, by somebody other than whoever handled the matter (R25)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.language.masking import masked
from shige.trust.gate import Viewer
from shige.trust.handles import was_read_by
from shige.trust.jurisdiction import profile

from .. import clock
from ..models import Matter, ReturnVisit
from ..sealing.commands.later_words import told_by_telephone
from ..workflow.actors import dispatching, own_posts, pending
from ..workflow.commands.notices import tell_posts
from ..workflow.commands.steps import advance, authorise, taken_up, tell_owner
from ..workflow.handlers import has_handled
from ..workflow.schedule import promise_anew
from .schedule import end_visits


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
    note = told_by_telephone(viewer, matter, note)
    made_by_another(viewer, matter, note)
    return advance(viewer, matter, transition, note)


@transaction.atomic
def visit_failed(viewer: Viewer, number: str, note: str) -> Matter:
    """Put a matter back in hand with its whole time anew: a return visit found that it does not hold.

    Errors as with ``visit_ok``.
    """
    matter, transition = authorise(viewer, number, "visit_failed")
    note = told_by_telephone(viewer, matter, note)
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
    return advance(viewer, matter, transition, told_by_telephone(viewer, matter, note))


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
