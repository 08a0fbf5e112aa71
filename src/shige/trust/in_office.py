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
SELECT person.id, person.service_name, area.level
FROM trust_post AS post
JOIN trust_appointment AS held ON held.post_id = post.id AND held.valid @> %s::timestamptz
JOIN trust_person AS person ON person.id = held.person_id
JOIN territory_area AS area ON area.id = post.area_id
WHERE post.area_id = ANY (%s) AND post.closed_at IS NULL
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


def names_in_office(areas: Collection[int]) -> list[tuple[int, str, str]]:
    """Return who serves in these areas today: person (id), service name and the level of the area."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [timezone.now(), list(areas)])
        return [(person, name, level) for person, name, level in cursor.fetchall()]
