"""What was done behind a seal stays behind it once a matter is released (P3, P4)."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from shige.trust.gate import Viewer

from ..danger.guarded import is_trained
from ..models import Matter, Photo, Step
from ..workflow.actors import sealed_of

RELEASED: Final = "release"
"""The step by which what was sealed for trained staff goes on as an ordinary matter."""


def knew_nothing(viewer: Viewer, matter: Matter, seal: int) -> bool:
    """Say whether a matter that is released now was kept from ``viewer`` behind a seal."""
    looked = any(is_trained(scope) and scope.clears(seal) for scope in viewer.holding("matter.see"))
    return not looked or viewer.ties.hold(sealed_of(matter, seal=seal))


def told_since(viewer: Viewer, matter: Matter) -> datetime | None:
    """Return since when ``viewer`` may be told of a matter that was kept from them; None where always."""
    released = matter.steps.filter(action=RELEASED).order_by("pk").last()
    if released is None or viewer.system:
        return None
    return released.at if knew_nothing(viewer, matter, max(released.sealed, 1)) else None


def not_behind(viewer: Viewer, moment: str) -> Q:
    """Return the filter of tasks, joint tasks or photos of a matter that were given when ``viewer`` knew it.

    ``moment`` is the column that says when.
    """
    if viewer.system:
        return Q()
    trained = [scope.clearance for scope in viewer.holding("matter.see") if is_trained(scope)]
    kept = Q(sealed__gt=max(trained)) if trained else Q()
    for tie in viewer.ties.served if trained else ():
        kept |= Q(sealed__gte=tie.seal, matter__street=tie.street)
    steps = Step.objects.filter(kept, matter=OuterRef("matter"), action=RELEASED, at__gte=OuterRef(moment))
    return ~Q(Exists(steps))


def photos_told(viewer: Viewer, matter: Matter) -> QuerySet[Photo]:
    """Return a matter's photos: the reporter's, and the office's of a time that ``viewer`` knew of."""
    known = Q(by_reporter=True) | not_behind(viewer, "added_at")
    return Photo.objects.filter(known, matter=matter).order_by("pk")
