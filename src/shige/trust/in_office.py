"""Which posts of some areas are held today, and by whom: one statement, asked anew every time.

It is what every filing asks, so it is written out: composing it took longer than answering it. Nothing of the
answer is kept, for an owner who left office a minute ago must not get the next matter.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils import timezone

HELD: Final = """
SELECT post.id, post.role, post.area_id, post.name, post.department, array_agg(held.person_id)
FROM trust_post AS post
JOIN trust_appointment AS held ON held.post_id = post.id AND held.valid @> %s::timestamptz
WHERE post.area_id = ANY (%s) AND post.role = ANY (%s) AND post.closed_at IS NULL
GROUP BY post.id
ORDER BY post.id
"""

HOLDERS: Final = """
SELECT held.person_id
FROM trust_post AS post JOIN trust_appointment AS held ON held.post_id = post.id
WHERE post.id = %s AND held.valid @> %s::timestamptz AND post.closed_at IS NULL
"""

NAMES: Final = """
SELECT person.id, person.service_name, area.id, area.level
FROM trust_post AS post
JOIN trust_appointment AS held ON held.post_id = post.id AND held.valid @> %s::timestamptz
JOIN trust_person AS person ON person.id = held.person_id
JOIN territory_area AS area ON area.id = post.area_id
WHERE (area.id = ANY (%s) OR area.street_id = %s) AND post.closed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """An open post with whoever holds it today (ids of persons)."""

    pk: int
    role: str
    area: int
    name: str
    department: str
    holders: tuple[int, ...]


def held_posts(areas: Collection[int], roles: Collection[str]) -> list[HeldPost]:
    """Return the open posts of these areas and roles that somebody holds today, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [timezone.now(), list(areas), list(roles)])
        return [
            HeldPost(pk, role, area, name, department, tuple(holders))
            for pk, role, area, name, department, holders in cursor.fetchall()
        ]


def holders_of(post: int) -> tuple[int, ...]:
    """Return who holds a post today (ids of persons); nobody where it is closed."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [post, timezone.now()])
        return tuple(person for (person,) in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in office: id and service name, with the area (id and level) that they serve in."""

    person: int
    name: str
    area: int
    level: str


def names_in_office(areas: Collection[int], street: int | None = None) -> list[Named]:
    """Return who serves today in these areas, or anywhere in a street."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [timezone.now(), list(areas), street])
        return [Named(*row) for row in cursor.fetchall()]
