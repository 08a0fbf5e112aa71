"""Tasks as their posts and their offices see them, in order of what is due (R26)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import pgettext

from shige.files.handover import Served
from shige.profile import Transition
from shige.trust.gate import Viewer

from ..file_names import served
from ..models import JointPart, Matter, Task, TaskPhoto, TaskStep
from ..models.read_receipt import ReadReceipt
from ..visibility.behind import not_behind
from ..workflow.actors import own_posts, seen_by
from ..workflow.workflows import label_of, offered, state_label
from .actors import is_tasked, sides, tasked_to, tasks_seen_by

SHOWN: Final = 200
PAGE: Final = 50
"""Lines of what is over that one page shows."""

EXCERPT: Final = 80


@dataclass(frozen=True, slots=True)
class Due:
    """One line of a list: a task, or a part in a joint task, which is then due when all meet.

    ``opened`` counts how often the post has opened a task; while it is ``running`` the post can be late.
    """

    number: str
    part: int | None
    action: str
    place: str
    post_id: int
    post: str
    opened: int
    state: str
    state_label: str
    due_at: datetime
    ended: datetime | None
    open: bool
    with_office: bool
    running: bool

    @property
    def meets(self) -> bool:
        """Whether its date is that of a meeting."""
        return self.part is not None


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """One step of a task's history, with the words that both sides read."""

    label: str
    when: datetime
    post: str
    person: str
    note: str


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """A task, what happened to it, and what this viewer may do with it now.

    ``tasked`` says that the viewer was given it; only otherwise, as the office, do they learn of the
    matter and of who opened the task.
    """

    task: Task
    state_label: str
    tasked: bool
    office: bool
    history: tuple[TaskEvent, ...]
    given: tuple[TaskPhoto, ...]
    handed_in: tuple[TaskPhoto, ...]
    actions: tuple[Transition, ...]
    openings: tuple[ReadReceipt, ...]


def given_to(viewer: Viewer) -> list[Due]:
    """Return what the viewer's posts were given, the soonest due first; two statements."""
    tasks = Task.objects.filter(tasked_to(viewer), open=True).order_by("due_at")
    parts = JointPart.objects.filter(tasked_to(viewer, "joint__matter"), joint__open=True)
    parts = parts.select_related("joint", "post").order_by("joint__meets_at")
    rows = [*task_rows(tasks), *(_part_row(part) for part in parts[:SHOWN])]
    return sorted(rows, key=lambda row: row.due_at)


def over_at(viewer: Viewer, before: datetime | None = None) -> list[Due]:
    """Return a page of what is over at the viewer's posts, what ended last first; two statements.

    ``before`` is when the last line of the page before ended.
    """
    tasks = Task.objects.filter(tasked_to(viewer), open=False).order_by("-closed_at")
    parts = JointPart.objects.filter(tasked_to(viewer, "joint__matter"), joint__open=False)
    parts = parts.select_related("joint", "post").order_by("-joint__closed_at")
    if before is not None:
        tasks, parts = tasks.filter(closed_at__lt=before), parts.filter(joint__closed_at__lt=before)
    rows = [*task_rows(tasks[:PAGE]), *(_part_row(part) for part in parts[:PAGE])]
    return sorted(rows, key=_ended, reverse=True)[:PAGE]


def _ended(row: Due) -> datetime:
    return row.ended or row.due_at


def waiting_for_office(viewer: Viewer) -> list[Due]:
    """Return the tasks that wait for a word of the office that owns their matter or gave them."""
    own = sorted(own_posts(viewer))
    seen = Matter.objects.filter(seen_by(viewer)).values("pk")
    mine = Q(matter__owner__in=own) | Q(given_by__in=own)
    known = not_behind(viewer, "given_at")
    waiting = Task.objects.filter(mine, known, open=True, with_office=True, matter__in=seen)
    return task_rows(waiting.order_by("due_at"))


def task_rows(tasks: QuerySet[Task]) -> list[Due]:
    """Return tasks as lines, with one statement."""
    counted = tasks.select_related("post").annotate(opened=Count("openings"))
    return [_row(task, task.opened) for task in counted[:SHOWN]]


def task_detail(viewer: Viewer, number: str) -> TaskDetail | None:
    """Return a task that ``viewer`` may see; at most six statements."""
    found = Task.objects.filter(tasks_seen_by(viewer), number=number)
    task = found.select_related("matter__leaf", "matter__owner", "post", "given_by").first()
    if task is None:
        return None
    tasked = is_tasked(viewer, task.post_id, task.matter)
    office = viewer.system or Matter.objects.filter(seen_by(viewer), pk=task.matter_id).exists()
    photos = tuple(task.photos.order_by("pk"))
    return TaskDetail(
        task=task,
        state_label=state_label(task.kind, task.state),
        tasked=tasked,
        office=office,
        history=_history(task),
        given=tuple(photo for photo in photos if not photo.by_tasked),
        handed_in=tuple(photo for photo in photos if photo.by_tasked),
        actions=tuple(offered(task, sides(viewer, task))),
        openings=openings_of(task=task) if office else (),
    )


def openings_of(**of: object) -> tuple[ReadReceipt, ...]:
    """Return who opened a task or a part, the latest first; one statement."""
    return tuple(ReadReceipt.objects.filter(**of).select_related("person", "post").order_by("-pk")[:SHOWN])


def task_photo(viewer: Viewer, number: str, name: str, *, small: bool) -> Served | None:
    """Return the file of a photo or PDF of a task that ``viewer`` may see."""
    seen = Task.objects.filter(tasks_seen_by(viewer), number=number)
    photo = TaskPhoto.objects.filter(task__in=seen, file=name).first()
    return served(photo, number, small=small) if photo else None


def _row(task: Task, opened: int) -> Due:
    return Due(
        number=task.number,
        part=None,
        action=task.action[:EXCERPT],
        place=task.place,
        post_id=task.post_id,
        post=task.post.name,
        opened=opened,
        state=task.state,
        state_label=state_label(task.kind, task.state),
        due_at=task.due_at,
        ended=task.closed_at,
        open=task.open,
        with_office=task.with_office,
        running=task.running,
    )


def _part_row(part: JointPart) -> Due:
    joint = part.joint
    return Due(
        number=joint.number,
        part=part.pk,
        action=joint.purpose[:EXCERPT],
        place=joint.place,
        post_id=part.post_id,
        post=part.post.name,
        opened=0,
        state=joint.state,
        state_label=state_label(joint.kind, joint.state),
        due_at=joint.meets_at,
        ended=joint.closed_at,
        open=joint.open,
        with_office=bool(part.result),
        running=part.running,
    )


def _history(task: Task) -> tuple[TaskEvent, ...]:
    steps = TaskStep.objects.filter(task=task).select_related("post", "person").order_by("pk")
    return tuple(
        TaskEvent(
            label=label_of(task.kind, step.action) if step.before else pgettext("step", "Given"),
            when=step.at,
            post=step.post.name if step.post else "",
            person=step.person.service_name if step.person else "",
            note=step.note,
        )
        for step in steps
    )
