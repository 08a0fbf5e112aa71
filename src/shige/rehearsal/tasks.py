"""Gives the sample's tasks and its joint task, through the very commands that people use."""

from datetime import datetime, timedelta
from typing import Final

from shige.matters import clock
from shige.matters.joint.commands import Summons, call_joint, hand_in_part, note_attendance, note_part_opening
from shige.matters.models import Matter
from shige.matters.tasks.actors import candidates
from shige.matters.tasks.commands import Order, give_task, move_task, note_opening
from shige.sample.tasks import JOINT, TASKS, SampleTask
from shige.trust.gate import Viewer
from shige.trust.models import Post
from shige.trust.queries import held_today, viewer_of

SETTLED: Final = timedelta(days=2)
"""How long ago a matter came in at least that has tasks."""

LATE: Final = "需与多个单位协调，晚于原时限"


def give_tasks(until: datetime) -> int:
    """Split tasks off from open matters, and call one joint task; return how many there are."""
    used: set[int] = set()
    given = 0
    for wanted in TASKS:
        found = _fitting(wanted, until, used)
        if found is not None:
            _give(*found, wanted, until)
            used.add(found[0].pk)
            given += 1
    return given + _call(until, used)


def _fitting(wanted: SampleTask, until: datetime, used: set[int]) -> tuple[Matter, Post] | None:
    """Return a matter for the first post of the role, in the order of the sample's sign-in links."""
    posts = Post.objects.filter(role=wanted.role, closed_at=None).order_by("area__code", "pk")
    matters = _open_matters(wanted.top, until, used)
    pairs = ((matter, post) for post in posts for matter in matters if post in candidates(matter))
    return next(pairs, None)


def _open_matters(top: str, until: datetime, used: set[int]) -> list[Matter]:
    """Return open matters that have no task yet, those under a top category first."""
    found = Matter.objects.filter(
        open=True, running=True, confidential=False, reported_at__lt=until - SETTLED
    ).exclude(pk__in=used)
    return sorted(found.order_by("-pk"), key=lambda matter: not matter.category.startswith(top))


def _first(role: str, matter: Matter) -> Post | None:
    """Return the post of a role, and of a department where one is named, that may be called first."""
    name, _, department = role.partition(" ")
    posts = [post for post in candidates(matter, owner=True) if post.role == name]
    fitting = [post for post in posts if department in ("", post.department)]
    return min(fitting, key=lambda post: post.pk, default=None)


def holder_of(post: int) -> Viewer:
    """Return whoever holds a post today as the gate knows them."""
    held = held_today().filter(post=post).select_related("person")
    return viewer_of(held.order_by("pk")[0].person)


def _give(matter: Matter, post: Post, wanted: SampleTask, until: datetime) -> None:
    office, tasked = holder_of(matter.owner_id), holder_of(post.pk)
    moment = until - timedelta(hours=26)
    order = Order(
        post=post.pk,
        action=wanted.action,
        limit=wanted.limit,
        place=matter.place,
        reason=LATE,
        show_point=True,
    )
    with clock.at(moment):
        number = give_task(office, matter.number, order).number
    for action, said in wanted.course:
        moment += timedelta(hours=3)
        with clock.at(moment):
            note_opening(tasked, number)
            move_task(tasked, number, action, said)


def _call(until: datetime, used: set[int]) -> int:
    """Call the joint task two days ago for yesterday, and note who came."""
    for matter in _open_matters(JOINT.top, until, used):
        posts = [_first(role, matter) for role, _came, _result in JOINT.parts]
        street = Post.objects.filter(role="street_officer", area=matter.street_id).order_by("pk").first()
        if street is not None and None not in posts:
            _meet(matter, holder_of(street.pk), [post for post in posts if post], until)
            return 1
    return 0


def _meet(matter: Matter, street: Viewer, posts: list[Post], until: datetime) -> None:
    keys = tuple(post.pk for post in posts)
    with clock.at(until - timedelta(hours=40)):
        summons = Summons(keys, JOINT.purpose, matter.place or matter.number, until - timedelta(hours=20))
        joint = call_joint(street, matter.number, summons)
    parts = {part.post_id: part.pk for part in joint.parts.all()}
    with clock.at(until - timedelta(hours=19)):
        for key, (_role, came, result) in zip(keys, JOINT.parts, strict=True):
            note_attendance(street, joint.number, parts[key], came)
            if result:
                note_part_opening(holder_of(key), parts[key])
                hand_in_part(holder_of(key), parts[key], result)
