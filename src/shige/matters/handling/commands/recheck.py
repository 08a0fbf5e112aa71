"""A hazard put right and rechecked by somebody who did not put it right (登记-整改-复查-销号, R39)."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ... import clock
from ...filing.commands.photos import Staged
from ...models import Matter, ReturnVisit
from ...visits.commands import made
from ...visits.schedule import AT_ONCE, plan_call, plan_visits
from ...workflow.commands.notices import tell_posts
from ...workflow.commands.steps import advance, authorise, tell_reporter
from ...workflow.handlers import has_handled
from .handling import result_of


@transaction.atomic
def rectify(
    viewer: Viewer, number: str, note: str, despite: str = "", staged: Staged | None = None
) -> Matter:
    """Report a hazard as put right; the recheck is at once the task of the next tier's post.

    Where nobody else is in office whoever dispatches there makes it.

    Raises
    ------
    ValidationError
        Tasks of it are still open, and ``despite`` does not say why it is right all the same (R26).
    """
    matter, transition = authorise(viewer, number, "rectify")
    remark = result_of(matter, despite, staged)
    advance(viewer, matter, transition, note, remark=remark)
    for visit in plan_visits(matter, AT_ONCE):
        tell_posts("matter.recheck", "matter", matter.number, matter, [visit.post_id])
    return matter


@transaction.atomic
def recheck_ok(viewer: Viewer, number: str, note: str) -> Matter:
    """Note that the recheck passed, and ask whoever reported the hazard.

    Raises
    ------
    PermissionDenied
        The recheck is no task of ``viewer``.
    ValidationError
        ``viewer`` has handled the matter, or nothing is noted.
    """
    confirm_by = clock.now() + timedelta(days=profile().feedback.confirm_days)
    solved_at = clock.now()
    matter = _rechecked(viewer, number, "recheck_ok", note, solved_at=solved_at, confirm_by=confirm_by)
    plan_call(matter)
    tell_reporter("matter.solved", matter, confirm_by=confirm_by.isoformat())
    return matter


@transaction.atomic
def write_off(viewer: Viewer, number: str, note: str) -> Matter:
    """Write off what nobody reported: the recheck passed. Errors as with ``recheck_ok``."""
    moment = clock.now()
    return _rechecked(viewer, number, "write_off", note, solved_at=moment, closed_at=moment)


@transaction.atomic
def recheck_failed(viewer: Viewer, number: str, note: str) -> Matter:
    """Send a hazard back to be put right. Errors as with ``recheck_ok``."""
    matter = _rechecked(viewer, number, "recheck_failed", note)
    tell_posts("matter.recheck_failed", "matter", matter.number, matter, [matter.owner_id])
    return matter


def _rechecked(viewer: Viewer, number: str, action: str, note: str, **changes: Any) -> Matter:
    matter, transition = authorise(viewer, number, action)
    if has_handled(viewer.person, matter):
        raise ValidationError(_("Whoever put it right does not recheck it."))
    passed = action != "recheck_failed"
    made(viewer, matter, ReturnVisit.Outcome.OK if passed else ReturnVisit.Outcome.NOT_OK, note)
    return advance(viewer, matter, transition, note, **changes)
