"""Who sees a task and who moves it: the post that was given it, and the office of its matter (R26, P3)."""

from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import Q

from shige.profile import Actor
from shige.trust.gate import BELOW_STREET, KEPT_FROM, Scope, Viewer, unconcerned
from shige.trust.models import Post
from shige.trust.permissions import COMMUNITY, FIELD, MEDIATORS, STAFF, TASKED, roles_of
from shige.trust.queries import posts_in_office
from shige.trust.service_history import posts_kept_from

from ..categories import category_of_matter
from ..models import JointPart, JointTask, Matter, Task
from ..visibility.behind import not_behind
from ..workflow.actors import along, concerned_by, lineage_of_matter, sealed_of, seen_by, working_as

OFFICE_SIDE: Final[frozenset[Actor]] = frozenset({"owner", "dispatcher"})


def tasked_to(viewer: Viewer, matter: str = "matter") -> Q:
    """Return the filter of what the viewer's own posts were given; ``matter`` is the way to it from there.

    Of a matter that was sealed later, nobody from whom it is kept has a task in sight any more (P3).
    """
    given = Q(pk__in=[])
    for scope in viewer.holding("task.do"):
        given |= Q(post=scope.post, **{f"{matter}__sealed__lte": scope.clearance})
    return given & along(matter, unconcerned(viewer))


def tasks_seen_by(viewer: Viewer) -> Q:
    """Return the filter of the tasks that ``viewer`` may see: those given to them, those of their matters."""
    of_theirs = Q(matter__in=Matter.objects.filter(seen_by(viewer)).values("pk"))
    return tasked_to(viewer) | (of_theirs & not_behind(viewer, "given_at"))


def tasks_known(viewer: Viewer, numbers: Collection[str]) -> set[str]:
    """Return those of some numbers whose tasks ``viewer`` may see."""
    seen = Task.objects.filter(tasks_seen_by(viewer), number__in=numbers)
    return set(seen.values_list("number", flat=True))


def joints_known(viewer: Viewer, numbers: Collection[str]) -> set[str]:
    """Return those of some numbers whose joint tasks ``viewer`` may see, or has a part in."""
    called = JointPart.objects.filter(tasked_to(viewer, "joint__matter")).values("joint")
    of_theirs = Q(matter__in=Matter.objects.filter(seen_by(viewer)).values("pk"))
    seen = Q(pk__in=called) | (of_theirs & not_behind(viewer, "called_at"))
    return set(JointTask.objects.filter(seen, number__in=numbers).values_list("number", flat=True))


def is_tasked(viewer: Viewer, post: int, matter: Matter) -> bool:
    """Say whether ``viewer`` holds a post that was given something for ``matter``, and may know of it."""
    if concerned_by(viewer, matter):
        return False
    return any(scope.post == post and scope.clears(matter.sealed) for scope in viewer.holding("task.do"))


def sides(viewer: Viewer, task: Task) -> frozenset[Actor]:
    """Return as whom ``viewer`` may act on a task."""
    office = working_as(viewer, task.matter) & OFFICE_SIDE
    return office | {"tasked"} if is_tasked(viewer, task.post_id, task.matter) else office


def calling(viewer: Viewer, matter: Matter) -> Scope | None:
    """Return the appointment by which ``viewer`` calls departments together for a matter, if any."""
    lineage = lineage_of_matter(matter)
    if concerned_by(viewer, matter):
        return None
    return next((scope for scope in viewer.holding("joint.call") if scope.covers(lineage)), None)


def joint_sides(viewer: Viewer, joint: JointTask, part: JointPart | None = None) -> frozenset[Actor]:
    """Return as whom ``viewer`` may act on a joint task, or on one part of it."""
    found: set[Actor] = set()
    if viewer.system or calling(viewer, joint.matter):
        found.add("caller")
    if part is not None and is_tasked(viewer, part.post_id, joint.matter):
        found.add("tasked")
    return frozenset(found)


def open_work(matter: Matter) -> int:
    """Count the tasks and joint tasks of a matter that are not over yet; two statements."""
    return matter.tasks.filter(open=True).count() + matter.joint_tasks.filter(open=True).count()


def candidates(matter: Matter, *, owner: bool = False) -> list[Post]:
    """Return the posts in office that may be given a task of a matter: departments and companies first.

    They serve an area that holds its place. What must never be mediated (P4) goes to no grid or community,
    and of what is sealed (P3) nobody hears from whom it is kept, be it a company. With ``owner`` the post
    that answers for the matter is one of them, as a joint task needs it.
    """
    line = lineage_of_matter(matter)
    areas = [line.district, line.street, line.community, line.general, line.leaf]
    found = posts_in_office().filter(
        role__in=roles_of(STAFF | TASKED), area__in=[area for area in areas if area]
    )
    if not owner:
        found = found.exclude(pk=matter.owner_id)
    fitting = knowing(matter, found.select_related("area"))
    tasked = roles_of(TASKED)
    return sorted(fitting, key=lambda post: (post.role not in tasked, post.role, post.name, post.pk))


def knowing(matter: Matter, posts: Iterable[Post]) -> list[Post]:
    """Return those of some posts that may be given a task of a matter (P3, P4); their areas are loaded.

    One that only people hold whom a sealed matter may be about is none of them.
    """
    fitting = [post for post in posts if may_know(matter, post)]
    kept = posts_kept_from((post.pk for post in fitting), sealed_of(matter))
    return [post for post in fitting if post.pk not in kept]


def may_know(matter: Matter, post: Post) -> bool:
    """Say whether a post may be given a task of a matter, whoever holds it (P3, P4); needs its area."""
    low = post.area.level in BELOW_STREET
    if post.role in roles_of(MEDIATORS) and category_of_matter(matter).never_mediate:
        return False
    if matter.sealed:
        return post.area.level not in KEPT_FROM[matter.sealed]
    if category_of_matter(matter).never_mediate:
        return post.role not in roles_of(FIELD | COMMUNITY) and not (low and matter.confidential)
    return True
