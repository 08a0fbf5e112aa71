"""What is said of a matter later may speak of danger: the street hears of it, no mediation goes on (P4)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.language.danger import find_emergency
from shige.profile import Transition
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.jurisdiction import profile
from shige.trust.permissions import STREET
from shige.trust.queries import posts_in_office

from ..categories import in_danger
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
    found = speaks_of_danger(words)
    alarm = found and not no_emergency
    remark = "\n".join(part for part in (remark, remark_on(found, waived=no_emergency)) if part)
    advance(viewer, matter, transition, words, remark=remark, hidden=alarm, **changes)
    if alarm:
        matter = heed(matter, words)
    if message:
        tell_owner(message, matter)
    return matter


def speaks_of_danger(words: str) -> bool:
    """Say whether words speak of an emergency."""
    return find_emergency(profile(), words) is not None


def remark_on(found: bool, *, waived: bool) -> str:
    """Return what the history tells the office of an alarm; empty where there was none."""
    if not found:
        return ""
    with override(profile().language):
        if waived:
            return _("The words speak of an emergency; whoever reported it said that there is none.")
        return _("The words speak of an emergency; the street was told.")


def heed(matter: Matter, words: str) -> Matter:
    """Tell the street of danger in later words; a dispute goes at once to the emergency's own category."""
    posts = posts_in_office().filter(area=matter.street_id, role__in=STREET)
    tell_posts("matter.danger", "matter", matter.number, matter, posts.values_list("pk", flat=True))
    danger = in_danger(words)
    if danger and matter.kind == DISPUTE and possible(life(DISPUTE).transition("sort"), matter):
        return sort(SYSTEM, matter.number, danger.code)
    return matter
