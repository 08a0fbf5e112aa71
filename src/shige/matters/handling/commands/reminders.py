"""Remind whoever answers while the time runs out, and tell the tier above when it has (R22, R25)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from shige.trust.bulk_insert import insert_many
from shige.trust.commands import Note, enqueue_all, record_all
from shige.trust.concerned_persons import NONE
from shige.trust.gate import Viewer
from shige.trust.in_office import HeldPost, held_posts
from shige.trust.jurisdiction import profile
from shige.trust.models import Recusal
from shige.trust.queries import held_today
from shige.trust.service_history import posts_hearing, ties_of

from ... import clock
from ...assignment.routing import Seat, filled, seats_from
from ...categories import category_of_matter
from ...facts import MatterChanged
from ...models import Matter, Step
from ...tier_order import above, safe
from ...workflow.actors import lineage_of_matter, sealed_of
from ...workflow.schedule import next_reminder, share_used
from ...workflow.workflows import possible, workflow_of

BATCH: Final = 50
"""Rows that one transaction locks: a person at work must not wait for the sweep."""

KINDS: Final = {0.0: "", 0.5: "matter.half_time", 0.8: "matter.little_time", 1.0: "matter.late"}

MOVE_ON: Final = """
UPDATE matters_matter AS matter
SET remind_at = given.remind_at, told_late_of = given.told_late_of, version = given.version
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::bigint[])
    AS given(id, remind_at, told_late_of, version)
WHERE matter.id = given.id
"""
MOVED: Final = ("pk", "remind_at", "told_late_of", "version")

Posts = Mapping[int, int]
"""The post above that is told, by the key of each late matter."""


def remind_due(viewer: Viewer) -> int:
    """Send what is due by now and return how many matters were looked at; a few rows at a time.

    Each message goes to everybody who holds the post. Of a late matter, the next post up the line hears as
    well, and the history says so, for the reporter too.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself reminds")
    total = 0
    while count := _remind(viewer):
        total += count
    return total


@transaction.atomic
def _remind(viewer: Viewer) -> int:
    due = Matter.objects.select_for_update(skip_locked=True, of=("self",)).filter(remind_at__lte=clock.now())
    matters = list(due.order_by("remind_at")[:BATCH])
    if not matters:
        return 0
    shares = {matter.pk: share_used(matter) for matter in matters}
    late = [matter for matter in matters if shares[matter.pk] == 1]
    posts = _above(late)
    _write_down(viewer, late, posts)
    _tell(matters, shares, posts)
    for matter in late:
        matter.told_late_of = matter.next_at
    for matter in matters:
        matter.remind_at = next_reminder(matter)
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, [[getattr(m, name) for m in matters] for name in MOVED])
    return len(matters)


def _above(late: Sequence[Matter]) -> Posts:
    """Return who is told of each late matter; two statements, one more for each kept from any."""
    seats = {matter.pk: _seats_above(matter) for matter in late}
    every = [seat for ways in seats.values() for seat in ways]
    held: dict[int, list[HeldPost]] = defaultdict(list)
    for post in held_posts({seat.area for seat in every}, {seat.role for seat in every}):
        held[post.area].append(post)
    posts, named = {}, _kept_by_name(late)
    for matter in late:
        near = [post for area in {seat.area for seat in seats[matter.pk]} for post in held[area]]
        others = [post for post in near if post.pk != matter.owner_id]
        if matter.sealed or matter.pk in named:
            others = posts_hearing(others, sealed_of(matter))
        if found := filled(seats[matter.pk], others):
            posts[matter.pk] = found[1].pk
    return posts


def _kept_by_name(matters: Sequence[Matter]) -> set[int]:
    """Return the keys of those matters from which somebody is kept by name."""
    return set(Recusal.objects.filter(matter__in=matters).values_list("matter", flat=True))


def _seats_above(matter: Matter) -> list[Seat]:
    category = category_of_matter(matter)
    tier = safe(category, above(matter.tier) or "D")
    return list(seats_from(profile(), category, lineage_of_matter(matter), tier, stand_in=False))


def _write_down(viewer: Viewer, late: Sequence[Matter], posts: Posts) -> None:
    late = [matter for matter in late if possible(workflow_of(matter.kind).transition("overdue"), matter)]
    steps = []
    for matter in late:
        matter.version += 1
        steps.append(
            Step(
                matter=matter,
                at=clock.now(),
                action="overdue",
                before=matter.state,
                after=matter.state,
                to_post_id=posts.get(matter.pk),
            )
        )
    insert_many(steps)
    record_all(
        viewer,
        "matter.overdue",
        "matter",
        [(matter.pk, matter.version, lineage_of_matter(matter), MatterChanged.of(matter)) for matter in late],
    )


def _tell(matters: Sequence[Matter], shares: Mapping[int, float], posts: Posts) -> None:
    told = {matter.owner_id for matter in matters} | set(posts.values())
    holders: dict[int, list[int]] = defaultdict(list)
    held = held_today().filter(post__in=told)
    for post, person in held.values_list("post_id", "person_id"):
        holders[post].append(person)
    every = {person for people in holders.values() for person in people}
    ties = ties_of(every)

    def hearing(post: int, matter: Matter) -> list[int]:
        return [person for person in holders[post] if not ties.get(person, NONE).hold(sealed_of(matter))]

    notes = [
        Note(KINDS[shares[matter.pk]], "matter", matter.number, person)
        for matter in matters
        if KINDS[shares[matter.pk]]
        for person in hearing(matter.owner_id, matter)
    ]
    notes += [
        Note("matter.late_below", "matter", matter.number, person)
        for matter in matters
        for person in hearing(posts.get(matter.pk, 0), matter)
    ]
    enqueue_all(notes)
