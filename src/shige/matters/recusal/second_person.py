"""When it takes somebody of a level above to keep a person from a sealed matter, and who that is (P3).

One official must not remove the others by naming them. So a first one who could not handle the matter anyway
is named by whoever dispatches it. Every further one, and whoever alone holds a post that may handle it, is
named by two.
"""

from collections.abc import Collection

from shige.trust.gate import KEPT_FROM, Viewer
from shige.trust.makers import are_independent
from shige.trust.models import Person, RecusalRequest
from shige.trust.permissions import roles_for
from shige.trust.queries import held_today, viewer_of
from shige.trust.service_history import kept_from

from ..models import Matter
from ..workflow.actors import RANK, along, dispatching, sealed_of, seen_by
from ..workflow.workflows import RECUSED

LOWEST_ABOVE = RANK["district"]
"""Sealed matters are dispatched from the street upwards: above it begins the district."""


def takes_two(matter: Matter, kept: Collection[int]) -> bool:
    """Say whether keeping these people out takes somebody above: somebody was named, or a post is emptied."""
    named = matter.steps.filter(action=RECUSED).exclude(person=None)
    return named.exists() or _empties_post(matter, set(kept))


def confirmers_of(matter: Matter, level: str, apart: Collection[int]) -> list[int]:
    """Return who dispatches a matter above a level, and may confirm (ids of persons); none of ``apart``."""
    held = held_today().filter(post__role__in=roles_for("matter.dispatch"))
    above = [name for name, rank in RANK.items() if rank > RANK.get(level, 0)]
    people = held.filter(post__area__level__in=above).exclude(person__in=apart).values("person")
    found = Person.objects.filter(pk__in=people, is_active=True).order_by("pk")
    return [person.pk for person in found if _dispatches_above(viewer_of(person), matter, level)]


def may_answer(viewer: Viewer, asked: RecusalRequest) -> bool:
    """Say whether ``viewer`` may answer a request: of a level above, and independent of who asked."""
    if viewer.person is None or viewer.person in (asked.asked_by_id, asked.person_id):
        return False
    above = _dispatches_above(viewer, asked.matter, asked.level)
    return above and are_independent(viewer.person, asked.asked_by_id)


def waiting_for(viewer: Viewer) -> list[RecusalRequest]:
    """Return the requests that ``viewer`` may answer, the oldest first; nothing is asked where nobody can."""
    if all(RANK.get(scope.level, 0) < LOWEST_ABOVE for scope in viewer.holding("matter.dispatch")):
        return []
    waiting = RecusalRequest.objects.filter(along("matter", seen_by(viewer)), answered_at=None)
    found = waiting.select_related("matter", "person", "asked_by").order_by("asked_at")
    return [asked for asked in found if may_answer(viewer, asked)]


def shown_to(viewer: Viewer, matter: Matter) -> list[RecusalRequest]:
    """Return the requests of a matter that are ``viewer``'s own or theirs to answer, the newest first."""
    found = RecusalRequest.objects.filter(matter=matter).select_related("matter", "person", "asked_by")
    asked = found.select_related("answered_by").exclude(granted=True).order_by("-asked_at")
    waits = (one for one in asked if one.asked_by_id == viewer.person or one.answered_at is None)
    return [one for one in waits if one.asked_by_id == viewer.person or may_answer(viewer, one)]


def _dispatches_above(viewer: Viewer, matter: Matter, level: str) -> bool:
    scope = dispatching(viewer, matter)
    return scope is not None and RANK.get(scope.level, 0) > RANK.get(level, 0)


def _empties_post(matter: Matter, kept: set[int]) -> bool:
    """Say whether one of the posts that may handle the matter has nobody left without ``kept``."""
    able = held_today().filter(post__role__in=roles_for("matter.dispatch") | roles_for("matter.handle"))
    able = able.exclude(post__area__level__in=KEPT_FROM[matter.sealed])
    theirs = able.filter(person__in=kept, post__area__in=_areas(matter)).values("post")
    holders: dict[int, set[int]] = {}
    for post, person in able.filter(post__in=theirs).values_list("post", "person"):
        holders.setdefault(post, set()).add(person)
    out = kept_from({one for people in holders.values() for one in people}, sealed_of(matter))
    return any(people - out and not people - out - kept for people in holders.values())


def _areas(matter: Matter) -> set[int]:
    return {area for area in (matter.street_id, matter.district_id) if area is not None}
