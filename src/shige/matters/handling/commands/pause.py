"""Time that a matter gets: it waits for its reporter, or its date is put off with a reason (R22).

Where the profile says so the next tier puts it off, on being asked.
"""

from typing import Any

from django.db import transaction

from shige.profile import Transition
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ...assignment.above import post_above
from ...models import Matter
from ...workflow.commands.notices import tell_posts
from ...workflow.commands.steps import advance, authorise, tell_owner, tell_reporter
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

    An extension does not excuse being late: the table offers it before the date only.
    """
    matter, transition = authorise(viewer, number, "extend")
    return _put_off(viewer, matter, transition, reason)


@transaction.atomic
def ask_extension(viewer: Viewer, number: str, reason: str) -> Matter:
    """Ask the next tier to put the date of the solution off."""
    matter, transition = authorise(viewer, number, "ask_extension")
    asked = post_above(matter)
    advance(viewer, matter, transition, reason, extension_asked_of_id=asked)
    tell_posts("matter.extension_asked", "matter", matter.number, matter, [asked])
    return matter


@transaction.atomic
def grant_extension(viewer: Viewer, number: str, reason: str) -> Matter:
    """Put the date off as it was asked for; the reporter reads why."""
    matter, transition = authorise(viewer, number, "grant_extension")
    _put_off(viewer, matter, transition, reason, extension_asked_of_id=None)
    tell_owner("matter.extension_granted", matter)
    return matter


@transaction.atomic
def keep_date(viewer: Viewer, number: str, reason: str) -> Matter:
    """Leave the date as it is; whoever asked reads why."""
    matter, transition = authorise(viewer, number, "keep_date")
    advance(viewer, matter, transition, reason, extension_asked_of_id=None)
    tell_owner("matter.extension_refused", matter)
    return matter


def _put_off(viewer: Viewer, matter: Matter, transition: Transition, reason: str, **changes: Any) -> Matter:
    later = extended(matter)
    advance(
        viewer,
        matter,
        transition,
        reason,
        resolve_by=later.due,
        approximate=later.approximate,
        extensions=matter.extensions + 1,
        **changes,
    )
    tell_reporter("matter.extended", matter, resolve_by=later.due.isoformat())
    return matter


def extended_by_asking(matter: Matter) -> bool:
    """Say whether the next tier decides on extensions, and there is somebody to ask."""
    return profile().feedback.extended_by == "next_tier" and post_above(matter) is not None
