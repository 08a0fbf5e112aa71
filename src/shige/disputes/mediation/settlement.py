"""What a mediation leads to: an agreement, mediation anew, the people's committee, or none (R23, R24)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.models import Matter
from shige.matters.visits.schedule import end_visits, plan_visits, visit_days
from shige.matters.workflow.commands.steps import advance, authorise, said_with, tell_owner, tell_reporter
from shige.profile import Transition
from shige.trust.gate import Viewer

from ..models.mediation import Mediation
from .commands import refuse_unmediated
from .mediators import committee_of

Act = Callable[[Viewer, str, dict[str, Any]], object]


@transaction.atomic
def agree(viewer: Viewer, number: str, result: str) -> Matter:
    """Note that an agreement was reached: it is carried out, and return visits ask whether it holds.

    Raises
    ------
    ValidationError
        No session was written down yet, or the matter must never be mediated (P4).
    """
    matter, transition = _opened(viewer, number, "agree")
    moment = clock.now()
    Mediation.objects.update_or_create(matter=matter, defaults={"agreed_at": moment})
    advance(viewer, matter, transition, result, solved_at=moment)
    plan_visits(matter, visit_days())
    tell_reporter("matter.agreed", matter)
    return matter


@transaction.atomic
def mediate_again(viewer: Viewer, number: str, missing: str) -> Matter:
    """Mediate anew because the agreement was not kept."""
    matter, transition = _opened(viewer, number, "mediate_again")
    Mediation.objects.filter(matter=matter).update(agreed_at=None)
    end_visits(matter)
    return advance(viewer, matter, transition, missing, solved_at=None)


@transaction.atomic
def to_committee(viewer: Viewer, number: str, account: str) -> Matter:
    """Hand a dispute that grid mediation did not settle to the people's mediation committee of its street.

    ``account`` is what the mediator writes for the committee's file: it has no words of the parties.

    Raises
    ------
    ValidationError
        The street has no such committee in office, or the matter must never be mediated (P4).
    """
    matter, transition = _opened(viewer, number, "to_committee")
    post = committee_of(matter)
    if post is None:
        raise ValidationError(_("No people's mediation committee is in office in this street."))
    said = said_with(transition, account)
    moment = clock.now()
    given = {"account": said, "handed_at": moment, "agreed_at": None}
    Mediation.objects.update_or_create(matter=matter, defaults=given)
    end_visits(matter)
    advance(viewer, matter, transition, said, to_post=post.pk, tier="S", solved_at=None)
    tell_owner("matter.assigned", matter)
    return matter


@transaction.atomic
def end_unsettled(viewer: Viewer, number: str, ways: str) -> Matter:
    """End a dispute that the committee could not settle either; the reporter reads which ways are left."""
    matter, transition = _opened(viewer, number, "end_unsettled")
    return advance(viewer, matter, transition, ways, closed_at=clock.now())


def _opened(viewer: Viewer, number: str, action: str) -> tuple[Matter, Transition]:
    matter, transition = authorise(viewer, number, action)
    refuse_unmediated(matter)
    return matter, transition


ACTS: Final[Mapping[str, Act]] = {
    "agree": lambda viewer, number, given: agree(viewer, number, given["note"]),
    "mediate_again": lambda viewer, number, given: mediate_again(viewer, number, given["note"]),
    "to_committee": lambda viewer, number, given: to_committee(viewer, number, given["note"]),
    "end_unsettled": lambda viewer, number, given: end_unsettled(viewer, number, given["note"]),
}
"""How the actions of a dispute's table are carried out."""
