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
from shige.trust.queries import held_today
from shige.trust.service_history import ties_of

from ... import clock
from ...assignment.above import posts_above
from ...facts import MatterChanged
from ...models import Matter, Step
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
    matters = list(due.order_by("remind_at", "pk")[:BATCH])
    if not matters:
        return 0
    shares = {matter.pk: share_used(matter) for matter in matters}
    late = [matter for matter in matters if shares[matter.pk] == 1]
    posts = posts_above(late)
    _write_down(viewer, late, posts)
    _tell(matters, shares, posts)
    for matter in late:
        matter.told_late_of = matter.next_at
    for matter in matters:
        matter.remind_at = next_reminder(matter)
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, [[getattr(m, name) for m in matters] for name in MOVED])
    return len(matters)


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
