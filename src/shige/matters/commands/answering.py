"""What the reporter says to "solved?", and what follows when nothing is said (R25)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from .. import clock
from ..codes import code_digest
from ..models import Matter
from ..workflow import check
from .stepping import advance, tell_owner


@transaction.atomic
def confirm(viewer: Viewer, code: str, rating: int) -> Matter:
    """Close a matter: the reporter says that it is solved, and how content they are, from 1 to 5.

    Raises
    ------
    ValidationError
        The rating is not 1 to 5, or nothing is asked at present.
    """
    matter = held(code)
    transition = check("confirm", matter.state)
    if not 1 <= rating <= 5:
        raise ValidationError({"rating": _("Please choose one to five stars.")})
    return advance(viewer, matter, transition, rating=rating, closed_at=clock.now(), confirm_by=None)


@transaction.atomic
def say_not_solved(viewer: Viewer, code: str, reason: str) -> Matter:
    """Put a matter back in hand: the reporter says that it is not solved."""
    matter = held(code)
    return _back_in_hand(viewer, matter, "not_solved", reason)


@transaction.atomic
def reopen(viewer: Viewer, code: str, reason: str) -> Matter:
    """Take up again what was closed, within the profile's ``reopen_days``.

    Raises
    ------
    ValidationError
        It was closed longer ago.
    """
    matter = held(code)
    check("reopen", matter.state)
    if not may_reopen(matter):
        days = profile().feedback.reopen_days
        raise ValidationError(
            _("It was closed more than %(days)d days ago. Please report it anew.") % {"days": days}
        )
    return _back_in_hand(viewer, matter, "reopen", reason)


def may_reopen(matter: Matter) -> bool:
    """Say whether a closed matter can still be taken up again."""
    limit = timedelta(days=profile().feedback.reopen_days)
    return matter.closed_at is not None and clock.now() <= matter.closed_at + limit


def lapse_unconfirmed(viewer: Viewer) -> int:
    """End what the reporter has not answered in time as unconfirmed; return how many.

    Each matter is a transaction of its own. It keeps no rating, so it counts in no satisfaction figure.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself lets matters lapse")
    due = Matter.objects.filter(state=Matter.State.TO_CONFIRM, confirm_by__lt=clock.now())
    return sum(_lapse(viewer, pk) for pk in list(due.order_by("confirm_by").values_list("pk", flat=True)))


def held(code: str) -> Matter:
    """Return the matter of a tracking code, its row locked; PermissionDenied where there is none."""
    matter = Matter.objects.select_for_update().filter(tracking_digest=code_digest(code)).first()
    if matter is None:
        raise PermissionDenied("unknown code")
    return matter


def _back_in_hand(viewer: Viewer, matter: Matter, action: str, reason: str) -> Matter:
    transition = check(action, matter.state)
    advance(
        viewer,
        matter,
        transition,
        reason,
        solved_at=None,
        confirm_by=None,
        closed_at=None,
        rating=None,
        reopened=matter.reopened + 1,
    )
    tell_owner("matter.reopened", matter)
    return matter


@transaction.atomic
def _lapse(viewer: Viewer, pk: int) -> int:
    matter = Matter.objects.select_for_update().filter(pk=pk, state=Matter.State.TO_CONFIRM).first()
    if matter is None or matter.confirm_by is None or matter.confirm_by >= clock.now():
        return 0
    advance(viewer, matter, check("lapse", matter.state), closed_at=clock.now(), confirm_by=None)
    return 1
