"""Posts whose holders read sealed matters: who gives them to whom, and who hears of it (P3, P4)."""

from collections.abc import Iterator

from .gate import KEPT_FROM, Viewer
from .jurisdiction import profile
from .makers import makers_of
from .models import Person, Post
from .permissions import CENTRE, STREET, roles_of
from .queries import held_today


def reads_sealed(post: Post) -> bool:
    """Say whether whoever holds a post reads sealed matters: office above a seal, trained, independent."""
    guard = profile().guard
    office = post.role in roles_of(STREET | CENTRE) and post.area.level not in KEPT_FROM[1]
    independent = bool(guard.independent) and post.department == guard.independent
    return office or independent or post.role == guard.role


def is_own_making(viewer: Viewer, person: Person) -> bool:
    """Say whether an account is of the viewer's making: they could have opened its link themself."""
    return viewer.person is not None and viewer.person in makers_of(person.pk)


def told_of(post: Post, apart: set[int]) -> set[int]:
    """Return who hears that somebody was appointed: the post's other holders, and the nearest office above.

    ``apart`` are whoever appoints and whoever is appointed (ids of persons). Where they alone are the office
    above, the next one hears of it.
    """
    held = held_today().filter(person__is_active=True).exclude(person__in=apart)
    beside = set(held.filter(post=post).values_list("person", flat=True))
    offices = held.filter(post__role__in=roles_of(STREET | CENTRE))
    for area in _above(post):
        if above := set(offices.filter(post__area=area).values_list("person", flat=True)):
            return beside | above
    return beside


def _above(post: Post) -> Iterator[int]:
    """Yield the areas above that of a post, the nearest first."""
    area = post.area.parent
    while area is not None:
        yield area.pk
        area = area.parent
