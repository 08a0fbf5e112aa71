"""Tell the people who hold posts what happened to a matter or a task of it."""

from collections.abc import Iterable

from shige.trust.commands import Note, enqueue_all
from shige.trust.gate import KEPT_FROM
from shige.trust.queries import held_today
from shige.trust.service_history import kept_from

from ...models import Matter
from ..actors import sealed_of


def tell_posts(
    kind: str, subject: str, number: str, matter: Matter | None, posts: Iterable[int | None]
) -> None:
    """Write one message to everybody who holds one of ``posts`` today.

    Of a sealed matter nobody hears from whom it is kept, whatever was given to them before (P3).
    """
    held = held_today().filter(post__in={post for post in posts if post})
    if matter is not None:
        held = held.exclude(post__area__level__in=KEPT_FROM[matter.sealed])
    people = list(held.order_by("person").values_list("person_id", flat=True).distinct())
    about = set() if matter is None else kept_from(people, sealed_of(matter))
    enqueue_all(Note(kind, subject, number, person) for person in people if person not in about)
