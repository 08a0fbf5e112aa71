"""What many ticked matters have in common: who could take them on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shige.trust.gate import Viewer
from shige.trust.models import Post

from ...lists.queries.rows import MatterRow, rows_of
from ...models import Matter
from ...workflow.actors import allowed, seen_by
from ..peers import posts_of_its_tier

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Assignable:
    """The ticked matters that may be passed on and those that may not, and the posts with how many fit."""

    rows: tuple[MatterRow, ...]
    others: tuple[MatterRow, ...]
    posts: tuple[tuple[Post, int], ...]


def assignable(viewer: Viewer, numbers: Iterable[str]) -> Assignable:
    """Return what can be passed on at once; a statement for each tier and area among the matters."""
    wanted = list(dict.fromkeys(numbers))[:MOST]
    matters = list(Matter.objects.filter(seen_by(viewer), number__in=wanted))
    movable = [matter for matter in matters if _may_pass_on(viewer, matter)]
    keys = {matter.pk for matter in movable}
    rows = sorted(rows_of(Matter.objects.filter(pk__in=[matter.pk for matter in matters])), key=_turn)
    return Assignable(
        tuple(row for row in rows if row.key in keys),
        tuple(row for row in rows if row.key not in keys),
        _posts(movable),
    )


def _posts(matters: Iterable[Matter]) -> tuple[tuple[Post, int], ...]:
    """Return the posts that could take some of the matters on, those first that fit most."""
    fitting: dict[tuple[object, ...], list[Post]] = {}
    known: dict[int, Post] = {}
    count: Counter[int] = Counter()
    for matter in matters:
        key = (matter.tier, matter.sealed, matter.district_id, matter.street_id, matter.community_id)
        if key not in fitting:
            fitting[key] = posts_of_its_tier(matter)
        for post in fitting[key]:
            if post.pk != matter.owner_id:
                known[post.pk] = post
                count[post.pk] += 1
    return tuple((known[pk], fits) for pk, fits in sorted(count.items(), key=lambda item: -item[1]))


def _may_pass_on(viewer: Viewer, matter: Matter) -> bool:
    return any(row.action == "pass_on" for row in allowed(viewer, matter))


def _turn(row: MatterRow) -> tuple[object, int]:
    return row.next_at, row.key
