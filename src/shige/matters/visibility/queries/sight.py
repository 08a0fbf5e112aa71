"""What was split off from a matter, and who can see it or has opened something of it (R26, P5)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from shige.trust.gate import KEPT_FROM, Viewer
from shige.trust.permissions import roles_for
from shige.trust.queries import held_today, holders
from shige.trust.service_history import kept_from

from ...danger.guarded import looking_roles
from ...models import JointPart, JointTask, Matter, Task
from ...own_data.former import handle_of_former
from ...tasks.actors import OFFICE_SIDE, calling
from ...tasks.queries import Due, task_rows
from ...workflow.actors import lineage_of_matter, sealed_of, working_as
from ...workflow.workflows import state_label
from ..behind import not_behind, told_since
from .record import Kept, Look, as_kept, looks_on_record

WHOLE: frozenset[str] = frozenset({"province", "city"})


@dataclass(frozen=True, slots=True)
class Work:
    """Tasks and joint tasks of a matter, and whether this viewer may add some."""

    tasks: tuple[Due, ...]
    joints: tuple[tuple[JointTask, str], ...]
    vacant: frozenset[str]
    may_give: bool
    may_call: bool
    may_see_who: bool

    @property
    def open(self) -> int:
        """How many are not over yet."""
        return sum(task.open for task in self.tasks) + sum(joint.open for joint, _state in self.joints)


@dataclass(frozen=True, slots=True)
class Sight:
    """One who can see the whole matter (``task`` empty) or one task of it."""

    post: str
    person: str
    task: str


def work_of(viewer: Viewer, matter: Matter) -> Work:
    """Return what was split off from a matter that the viewer may see; at most three statements."""
    tasks = tuple(task_rows(_tasks_of(viewer, matter).order_by("pk")))
    called = _joints_of(viewer, matter).order_by("pk")
    joints = tuple((joint, state_label(joint.kind, joint.state)) for joint in called)
    posts = {task.number: task.post_id for task in tasks if task.open}
    held = holders(posts.values()) if posts else {}
    return Work(
        tasks=tasks,
        joints=joints,
        vacant=frozenset(number for number, post in posts.items() if post not in held),
        may_give=matter.open and bool(working_as(viewer, matter) & OFFICE_SIDE),
        may_call=matter.open and calling(viewer, matter) is not None,
        may_see_who=may_see_who(viewer, matter),
    )


def who_sees(viewer: Viewer, matter: Matter) -> tuple[list[Sight], list[Look]]:
    """Return who can see a matter or a task of it now, and who has looked at it, as its reporter is told.

    Only for people of the office who act on the matter: empty for everybody else, such as a department
    that owns it.
    """
    if not may_see_who(viewer, matter):
        return [], []
    since, looks = told_since(viewer, matter), looks_on_record(matter, _kept_of(matter))
    told = [look for look in looks if since is None or look.when > since]
    return [*_whole(matter), *_tasked(viewer, matter)], told


def may_see_who(viewer: Viewer, matter: Matter) -> bool:
    """Say whether ``viewer`` may ask who sees a matter."""
    return viewer.system or bool(viewer.holding("matter.see") and working_as(viewer, matter))


def _whole(matter: Matter) -> list[Sight]:
    line = lineage_of_matter(matter)
    areas = [line.district, line.street, line.community, line.general, line.leaf]
    place = Q(post__area__in=[area for area in areas if area]) | Q(post__area__level__in=WHOLE)
    serving = place & Q(post__role__in=roles_for("matter.see"))
    serving &= ~Q(post__area__level__in=KEPT_FROM[matter.sealed]) & looking_roles(matter)
    held = held_today().filter(serving | Q(post=matter.owner_id))
    in_turn = held.order_by("post__area__code", "post__pk", "pk")
    rows = list(in_turn.values_list("person_id", "post__name", "person__service_name"))
    about = kept_from((row[0] for row in rows), sealed_of(matter))
    return [Sight(post, name, "") for person, post, name in rows if person not in about]


def _tasks_of(viewer: Viewer, matter: Matter) -> QuerySet[Task]:
    return Task.objects.filter(not_behind(viewer, "given_at"), matter=matter)


def _joints_of(viewer: Viewer, matter: Matter) -> QuerySet[JointTask]:
    return JointTask.objects.filter(not_behind(viewer, "called_at"), matter=matter)


def _tasked(viewer: Viewer, matter: Matter) -> list[Sight]:
    given = dict(_tasks_of(viewer, matter).values_list("number", "post"))
    called = JointPart.objects.filter(joint__in=_joints_of(viewer, matter)).values_list(
        "joint__number", "post"
    )
    pairs = [*given.items(), *called]
    if not pairs:
        return []
    held = held_today().filter(post__in={post for _number, post in pairs})
    held = held.exclude(post__area__level__in=KEPT_FROM[matter.sealed])
    people = list(held.values_list("post", "post__name", "person__service_name", "person_id"))
    about = kept_from((row[3] for row in people), sealed_of(matter))
    return [
        Sight(name, person, number)
        for number, post in pairs
        for key, name, person, pk in people
        if key == post and pk not in about
    ]


_sealed: list[Callable[[Matter], Iterable[UUID]]] = []


def bring_sealed(ask: Callable[[Matter], Iterable[UUID]]) -> None:
    """Add a way in which a room above knows the handles of what else of a matter is in the vault."""
    _sealed.append(ask)


def _kept_of(matter: Matter) -> Kept:
    later = matter.steps.exclude(words_handle=None).values_list("words_handle", flat=True)
    words = (matter.words_handle, *later, *(handle for ask in _sealed for handle in ask(matter)))
    contact = (*matter.contact_handles, handle_of_former(matter.phone_handle))
    return as_kept(contact, words, matter.photos.all())
