"""Who sees what may be danger to persons: the post that has it, and the trained post that looks (P4).

In a grid of thirty to a hundred households the grid, the hour and the word violence name a home. So of the
sealed life `guarded` nobody else in the area reads even a line. The trained post is that of the street
(`[guard]` of the profile); of what is kept from the street, of what is late, and of what shall be released,
the one above all others.
"""

from collections.abc import Sequence

from django.db.models import Q

from shige.profile import GUARDED
from shige.trust.gate import Scope
from shige.trust.jurisdiction import profile
from shige.trust.permissions import highest_role

from ..clock import now
from ..models import Matter
from ..workflow.workflows import TO_RELEASE


def trained_role() -> str:
    """Return the role of the street whose post is trained to look."""
    rules = profile()
    return rules.guard.role or rules.tier("S").role


def is_trained(scope: Scope) -> bool:
    """Say whether a post looks at danger: the trained one of the street, or the one above all others."""
    return scope.role in (trained_role(), highest_role())


def looks_at(scope: Scope, matter: Matter) -> bool:
    """Say whether a post looks at a guarded matter of its area; the highest also at what came up to it."""
    if matter.kind != GUARDED or scope.role == trained_role():
        return True
    return scope.role == highest_role() and (scope.post == matter.owner_id or _is_for_highest(matter))


def looked_at(scopes: Sequence[Scope]) -> Q:
    """Return the filter of the matters that one of some posts of an area looks at, as ``looks_at`` says."""
    roles = {scope.role for scope in scopes}
    if trained_role() in roles or not scopes[0].clearance:  # below every seal nothing guarded is seen
        return Q()
    found = ~Q(kind=GUARDED)
    late = Q(running=True, next_at__lt=now())
    return found | Q(sealed__gte=2) | late | Q(state=TO_RELEASE) if highest_role() in roles else found


def looking_roles(matter: Matter) -> Q:
    """Return the filter of the posts that look at a guarded matter of their area; of any other all posts."""
    if matter.kind != GUARDED:
        return Q()
    return Q(post__role__in=[trained_role(), *([highest_role()] if _is_for_highest(matter) else [])])


def _is_for_highest(matter: Matter) -> bool:
    return matter.sealed > 1 or matter.state == TO_RELEASE or (matter.running and matter.next_at < now())
