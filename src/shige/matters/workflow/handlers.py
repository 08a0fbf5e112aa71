"""Who has handled a matter: whoever did says neither that it is solved nor that the result holds (R25)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from shige.trust.jurisdiction import profile
from shige.trust.makers import makers_of
from shige.trust.queries import held_today

from ..codes import digest, keyed
from ..models import Matter, Step
from ..report import FILED, RELAYED

HANDLING: Final = frozenset(
    {"take", "note", "hear", "agree", "lead", "solve", "rectify", "uphold", "dismiss"}
)
"""Steps by which somebody has handled a matter, in whichever life it was; so does any that tells a result."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who has helped with a matter outside its steps: the ids of posts, and of persons where known."""

    posts: Collection[int]
    persons: Collection[int | None]


_helpers: list[Callable[[Matter], Helpers]] = []


def bring_helpers(ask: Callable[[Matter], Helpers]) -> None:
    """Add a way in which a room above knows who has helped with a matter."""
    _helpers.append(ask)


def handlers_of(matter: Matter) -> set[int]:
    """Return the persons who have handled a matter, helped with it, or hold its owner's post.

    Also whoever wrote it for its reporter: they know the code, and typed the telephone.
    """
    helped = [ask(matter) for ask in _helpers]
    posts = {matter.owner_id, *(pk for found in helped for pk in found.posts)}
    acts = HANDLING | {row.action for life in profile().workflows for row in life.transitions if row.result}
    acts |= {FILED} if matter.source in RELAYED else set()
    acted = Step.objects.filter(matter=matter, action__in=acts).values_list("person", flat=True)
    held = held_today().filter(post__in=posts).values_list("person", flat=True)
    persons = (pk for found in helped for pk in found.persons)
    return {pk for pk in (*acted, *persons, *held) if pk is not None}


def has_handled(person: int | None, matter: Matter) -> bool:
    """Say whether somebody has handled a matter, or is of the making of somebody who has."""
    handlers = handlers_of(matter)
    return person is not None and (person in handlers or not handlers.isdisjoint(makers_of(person)))


def filer_digest(person: int | None) -> bytes | None:
    """Return what is kept of who was signed in where a resident's page was filled in; None of nobody.

    Only this installation can derive it, and nobody reads it: it is compared with whoever handles the matter.
    """
    return keyed("filer", digest(str(person))) if person is not None else None


def filed_by_handler(filed: Matter, handled: Matter) -> bool:
    """Say whether what came in as a resident's own was written by somebody who has handled ``handled``."""
    if filed.filer_digest is None:
        return False
    return bytes(filed.filer_digest) in {filer_digest(person) for person in handlers_of(handled)}
