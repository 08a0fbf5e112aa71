"""Where people serve and served, read from their appointments: whom something sealed may be about (P3)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from .concerned_persons import Sealed, Tie, Ties
from .gate import KEPT_FROM, Scope
from .in_office import HeldPost
from .models import Appointment

SERVED: Final = """
SELECT held.person_id, post.id, post.role, area.level,
    CASE area.level WHEN 'community' THEN coalesce(area.community_id, area.id) ELSE area.id END,
    area.street_id,
    CASE WHEN least(upper(held.valid), post.closed_at) <= %(now)s
        THEN least(upper(held.valid), post.closed_at) END,
    ARRAY(SELECT matter_id FROM trust_recusal WHERE person_id = held.person_id)
FROM trust_appointment AS held
JOIN trust_post AS post ON post.id = held.post_id
JOIN territory_area AS area ON area.id = post.area_id
WHERE held.person_id = ANY (%(people)s) AND NOT isempty(held.valid)
    AND (lower_inf(held.valid) OR lower(held.valid) <= %(now)s)
ORDER BY held.id
"""
"""Written out: every page asks it, and composing it took longer than answering it.

A post of a community grid serves its division, as what lies there names it (``lineage_of``).
"""


@dataclass(frozen=True, slots=True)
class Served:
    """An appointment that has begun: ``until`` is when it ended or its post was closed, None while in force.

    ``named`` are the matters (ids) from which its person is kept by name.
    """

    person: int
    post: int
    role: str
    level: str
    area: int
    street: int | None
    until: datetime | None
    named: Sequence[int]

    @property
    def tie(self) -> Tie | None:
        """Where it ties its person to; None above every seal."""
        seal = next((seal for seal, levels in enumerate(KEPT_FROM) if self.level in levels), 0)
        return Tie(self.street, seal, self.until) if seal and self.street else None


def appointments_of(people: Collection[int]) -> list[Served]:
    """Return all appointments of some people that have begun; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SERVED, {"people": list(people), "now": timezone.now()})
        return [Served(*row) for row in cursor.fetchall()]


def scopes_in(served: Iterable[Served]) -> tuple[Scope, ...]:
    """Return the appointments in force now, to posts that are open."""
    return tuple(Scope(one.post, one.role, one.level, one.area) for one in served if one.until is None)


def ties_in(served: Iterable[Served]) -> Ties:
    """Return where the person of these appointments serves and served, as far as a seal asks for it."""
    every = list(served)
    found = {tie for one in every if (tie := one.tie)}
    lasting = {tie for tie in found if tie.until is None or replace(tie, until=None) not in found}
    return Ties(frozenset(lasting), frozenset(key for one in every for key in one.named))


def ties_of(people: Iterable[int]) -> dict[int, Ties]:
    """Return the ties of each of some people who hold or held a post; one statement."""
    served: dict[int, list[Served]] = {}
    for one in appointments_of(set(people)):
        served.setdefault(one.person, []).append(one)
    return {person: ties_in(own) for person, own in served.items()}


def kept_from(people: Iterable[int], told: Sealed) -> set[int]:
    """Return those of some people whom something may be about; no statement of what is new and unsealed."""
    if not (told.seal or told.key):
        return set()
    return {person for person, ties in ties_of(people).items() if ties.hold(told)}


def posts_hearing(held: Iterable[HeldPost], told: Sealed) -> list[HeldPost]:
    """Return held posts with their holders who may know of something sealed; none that is left empty."""
    posts = list(held)
    about = kept_from((person for post in posts for person in post.holders), told)
    if not about:
        return posts
    left = (replace(post, holders=tuple(p for p in post.holders if p not in about)) for post in posts)
    return [post for post in left if post.holders]


def posts_kept_from(posts: Iterable[int], told: Sealed) -> set[int]:
    """Return those of some posts that are held only by people whom something may be about."""
    if not (told.seal or told.key):
        return set()
    holders: dict[int, set[int]] = {}
    held = Appointment.objects.in_force().filter(post__in=set(posts)).values_list("post", "person")
    for post, person in held:
        holders.setdefault(post, set()).add(person)
    about = kept_from({person for people in holders.values() for person in people}, told)
    return {post for post, people in holders.items() if people <= about}
