"""When it takes a second person to keep somebody from a sealed matter, and who that is (P3).

One official must not remove the others by naming them. So only the first one of a matter is named by whoever
dispatches it alone, and only somebody who is not above them, decides about no request that waits, and does
not hold a post alone at their own level or above. Everybody else is named by two: somebody of a level above
confirms it, else the profile's independent office (``guard.independent``). Where there is neither, nothing
takes effect.
"""

from collections.abc import Collection
from dataclasses import dataclass

from shige.trust.gate import KEPT_FROM, Viewer
from shige.trust.jurisdiction import profile
from shige.trust.makers import are_independent
from shige.trust.models import Person, Recusal, RecusalRequest
from shige.trust.permissions import roles_for
from shige.trust.queries import held_today, viewer_of
from shige.trust.service_history import kept_from

from ..models import Matter
from ..workflow.actors import RANK, along, dispatching, sealed_of, seen_by
from ..workflow.workflows import RECUSED
from .persons import managers_of

LOWEST_ABOVE = RANK["district"]
"""Sealed matters are dispatched from the street upwards: above it begins the district."""


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who may confirm or refuse (ids of persons); ``independent`` ones see the request, not the matter."""

    people: frozenset[int]
    independent: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for its reader; ``inside`` where they decide on the page of the matter."""

    asked: RecusalRequest
    inside: bool


def takes_two(matter: Matter, kept: Collection[int], level: str) -> bool:
    """Say whether it takes two to keep these people out, when somebody of ``level`` names them."""
    named = matter.steps.filter(action=RECUSED).exclude(person=None)  # by whomever, and taken back or not
    return (
        named.exists()
        or _are_above(kept, level)
        or _decide_one(matter, set(kept))
        or _empties_post(matter, set(kept), level)
    )


def deciders_of(matter: Matter, level: str, asker: int, person: int) -> Deciders:
    """Return who may decide that somebody is kept out, as somebody who dispatches on ``level`` asked for.

    None of them is of the asker's making, named, or a line manager of whoever is.
    """
    apart = {asker, person, *managers_of(person, matter)}
    above = _dispatchers_above(matter, level, apart)
    if found := frozenset(one for one in above if are_independent(one, asker)):
        return Deciders(found, independent=False)
    beside = independent_office(matter) - apart
    return Deciders(frozenset(one for one in beside if are_independent(one, asker)), independent=True)


def independent_office(matter: Matter) -> set[int]:
    """Return who holds the independent office of the matter's district and is not kept from it by name."""
    rules = profile()
    if not rules.guard.independent:
        return set()
    held = held_today().filter(
        post__role=rules.first_role("department"),
        post__department=rules.guard.independent,
        post__area=matter.district_id,
        person__is_active=True,
    )
    named = Recusal.objects.filter(matter=matter).values("person")
    return set(held.exclude(person__in=named).values_list("person", flat=True))


def may_answer(viewer: Viewer, asked: RecusalRequest) -> bool:
    """Say whether ``viewer`` may answer a request."""
    return viewer.person is not None and viewer.person in _deciders_about(asked).people


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """Return the requests that ``viewer`` may answer, the oldest first; nothing is asked where nobody can."""
    rules = profile()
    above = any(RANK.get(scope.level, 0) >= LOWEST_ABOVE for scope in viewer.holding("matter.dispatch"))
    beside = [scope.area for scope in viewer.scopes if scope.role == rules.first_role("department")]
    if not (above or beside):
        return []
    waiting = RecusalRequest.objects.filter(answered_at=None)
    waiting = waiting.select_related("matter", "person", "asked_by").order_by("asked_at")
    inside = waiting.filter(along("matter", seen_by(viewer))) if above else waiting.none()
    found = [Waiting(one, inside=True) for one in inside if may_answer(viewer, one)]
    known = {one.asked.pk for one in found}
    rest = waiting.filter(matter__district__in=beside).exclude(pk__in=known) if beside else waiting.none()
    return found + [Waiting(one, inside=False) for one in rest if may_answer(viewer, one)]


def shown_to(viewer: Viewer, matter: Matter) -> list[RecusalRequest]:
    """Return the requests of a matter that are ``viewer``'s own or theirs to answer, the newest first."""
    found = RecusalRequest.objects.filter(matter=matter).select_related("matter", "person", "asked_by")
    asked = found.select_related("answered_by").exclude(granted=True).order_by("-asked_at")
    waits = (one for one in asked if one.asked_by_id == viewer.person or one.answered_at is None)
    return [one for one in waits if one.asked_by_id == viewer.person or may_answer(viewer, one)]


def _deciders_about(asked: RecusalRequest) -> Deciders:
    return deciders_of(asked.matter, asked.level, asked.asked_by_id, asked.person_id)


def _dispatchers_above(matter: Matter, level: str, apart: Collection[int]) -> list[int]:
    held = held_today().filter(
        post__role__in=roles_for("matter.dispatch"), post__area__level__in=_levels_above(level)
    )
    people = held.exclude(person__in=apart).values("person")
    found = Person.objects.filter(pk__in=people, is_active=True).order_by("pk")
    return [person.pk for person in found if _dispatches_above(viewer_of(person), matter, level)]


def _dispatches_above(viewer: Viewer, matter: Matter, level: str) -> bool:
    scope = dispatching(viewer, matter)
    return scope is not None and scope.level in _levels_above(level)


def _are_above(people: Collection[int], level: str) -> bool:
    """Say whether one of some people serves on a level above."""
    return held_today().filter(person__in=people, post__area__level__in=_levels_above(level)).exists()


def _decide_one(matter: Matter, people: set[int]) -> bool:
    """Say whether one of some people is to decide about a request of this matter that waits."""
    waiting = RecusalRequest.objects.filter(matter=matter, answered_at=None).select_related("matter")
    return any(people & _deciders_about(asked).people for asked in waiting)


def _empties_post(matter: Matter, kept: set[int], level: str) -> bool:
    """Say whether a post from ``level`` upwards that may handle the matter has nobody left without ``kept``.

    Of a post below, whoever names its holder is the level above.
    """
    able = held_today().filter(post__role__in=roles_for("matter.dispatch") | roles_for("matter.handle"))
    able = able.exclude(post__area__level__in=KEPT_FROM[matter.sealed])
    able = able.filter(post__area__level__in=[level, *_levels_above(level)])
    theirs = able.filter(person__in=kept, post__area__in=_areas(matter)).values("post")
    holders: dict[int, set[int]] = {}
    for post, person in able.filter(post__in=theirs).values_list("post", "person"):
        holders.setdefault(post, set()).add(person)
    out = kept_from({one for people in holders.values() for one in people}, sealed_of(matter))
    return any(people - out and not people - out - kept for people in holders.values())


def _levels_above(level: str) -> list[str]:
    return [name for name, rank in RANK.items() if rank > RANK.get(level, 0)]


def _areas(matter: Matter) -> set[int]:
    return {area for area in (matter.street_id, matter.district_id) if area is not None}
