"""Return visits as they are planned: when, and at whose post (R25)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.utils.timezone import localdate

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
from ..workflow.actors import lineage_of_matter, sealed_of
from ..workflow.handlers import handlers_of
from ..workflow.proof import proof_of
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
