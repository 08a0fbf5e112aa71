"""What is said of a matter later may speak of danger: the street hears of it, no mediation goes on (P4)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import Emergency, Transition, find_emergency
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.jurisdiction import profile
from shige.trust.permissions import STREET
from shige.trust.queries import posts_in_office

from ..models import Matter
from ..workflow import DISPUTE, life, possible
from .sorting import sort
from .stepping import advance, tell_owner
from .telling import tell_posts


def take_in(
    viewer: Viewer,
    matter: Matter,
    transition: Transition,
    words: str,
    message: str = "",
    *,
    no_emergency: bool = False,
    remark: str = "",
    **changes: Any,
) -> Matter:
    """Carry a transition out by which a reporter says something; ``message`` tells the owner of it.

    Words that speak of an emergency are sealed and heeded, unless their writer said that there is none.
    """
    found = danger_in(words)
    alarm = None if no_emergency else found
    remark = "\n".join(part for part in (remark, remark_on(found, waived=no_emergency)) if part)
    advance(viewer, matter, transition, words, remark=remark, hidden=alarm is not None, **changes)
    if alarm is not None:
        matter = heed(matter, alarm)
    if message:
        tell_owner(message, matter)
    return matter


def danger_in(words: str) -> Emergency | None:
    """Return the emergency that words speak of."""
    return find_emergency(profile(), words)


def remark_on(found: Emergency | None, *, waived: bool) -> str:
    """Return what the history tells the office of an alarm; empty where there was none."""
    if found is None:
        return ""
    with override(profile().language):
        if waived:
            return _("The words speak of an emergency; whoever reported it said that there is none.")
        return _("The words speak of an emergency; the street was told.")


def heed(matter: Matter, alarm: Emergency) -> Matter:
    """Tell the street of an alarm in later words; a dispute goes at once to the emergency's own category."""
    posts = posts_in_office().filter(area=matter.street_id, role__in=STREET)
    tell_posts("matter.danger", "matter", matter.number, matter, posts.values_list("pk", flat=True))
    if matter.kind == DISPUTE and possible(life(DISPUTE).transition("sort"), matter):
        return sort(SYSTEM, matter.number, alarm.category)
    return matter
