"""Time that a matter gets: it waits for its reporter, or is extended once with a reason (R22)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer

from ... import clock
from ...models import Matter
from ...workflow.commands.steps import advance, authorise, tell_reporter
from ...workflow.schedule import extended


@transaction.atomic
def ask(viewer: Viewer, number: str, question: str) -> Matter:
    """Ask the reporter for more; until the answer the office's clock stands."""
    matter, transition = authorise(viewer, number, "ask")
    advance(viewer, matter, transition, question)
    tell_reporter("matter.asked", matter)
    return matter


@transaction.atomic
def go_on(viewer: Viewer, number: str) -> Matter:
    """Go on without an answer; the clock runs again."""
    matter, transition = authorise(viewer, number, "resume")
    return advance(viewer, matter, transition)


@transaction.atomic
def extend(viewer: Viewer, number: str, reason: str) -> Matter:
    """Put the date of the solution off by the category's own limit; the reporter reads why.

    Raises
    ------
    ValidationError
        The date has passed: an extension does not excuse being late.
    """
    matter, transition = authorise(viewer, number, "extend")
    if matter.resolve_by < clock.now():
        raise ValidationError(_("The date has passed already; only a matter in time can be extended."))
    later = extended(matter)
    advance(
        viewer,
        matter,
        transition,
        reason,
        resolve_by=later.due,
        approximate=later.approximate,
        extensions=matter.extensions + 1,
    )
    tell_reporter("matter.extended", matter, resolve_by=later.due.isoformat())
    return matter
