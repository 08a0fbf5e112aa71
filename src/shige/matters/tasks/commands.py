"""Split tasks off from a matter, and move them between a post and the office (R26)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.files.attachments import Attachment
from shige.files.fields import MOST
from shige.files.store import keep
from shige.profile import Transition
from shige.profile.limits import parse_limit
from shige.trust.commands import record
from shige.trust.form_text import without_numbers
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.vouched_rows import told_of
from shige.worktime import deadline

from .. import clock
from ..categories import category_of_matter
from ..facts import TaskChanged
from ..handling.commands.transfer import refuse_no_duty
from ..models import Matter, Task, TaskPhoto, TaskStep
from ..models.read_receipt import ReadReceipt
from ..numbers import part_number
from ..workflow.actors import lineage_of_matter, working_as
from ..workflow.commands.notices import tell_posts
from ..workflow.commands.steps import acting_post, lock_matter, said_with
from ..workflow.deadlines import calendar
from ..workflow.workflows import check, workflow_of
from .actors import OFFICE_SIDE, candidates, is_tasked, knowing, sides, tasks_seen_by
from .reminders import remind_from_now

LIMITS: Final = ("4h", "1wd", "2wd", "3wd", "5wd", "10wd")
"""How long a task may take, in working time; hours run by the clock where the matter's own do."""


@dataclass(frozen=True, slots=True)
class Order:
    """A task as the office writes it: for which post, what is to be done, where, within which of ``LIMITS``.

    ``reason`` says why it is due after the matter itself. ``show_point`` puts the matter's exact point on
    the map; ``photos`` are names of photos of the matter that go with it, ``pictures`` new ones.
    """

    post: int
    action: str
    limit: str
    place: str = ""
    reason: str = ""
    show_point: bool = False
    photos: tuple[str, ...] = ()
    pictures: tuple[Attachment, ...] = ()


@transaction.atomic
def give_task(viewer: Viewer, number: str, order: Order) -> Task:
    """Split a task off from an open matter.

    Raises
    ------
    ValidationError
        By field: the post may not have it, or its list of duties does not (R19); a text holds a
        telephone or ID number; it would be due after the matter and no reason is given.
    PermissionDenied
        ``viewer`` neither owns nor dispatches the matter.
    """
    matter = lock_matter(viewer, number)
    if not working_as(viewer, matter) & OFFICE_SIDE:
        raise PermissionDenied("only the office of a matter splits tasks off")
    task = _written(viewer, matter, order)
    task.remind_at = remind_from_now(task)
    task.save()
    _step(viewer, task, "give", "", task.given_by_id)
    _give_photos(task, matter, order)
    _record(viewer, "task.given", task)
    tell_posts("task.given", "task", task.number, matter, [task.post_id])
    return task


@transaction.atomic
def move_task(
    viewer: Viewer, number: str, action: str, note: str = "", pictures: Sequence[Attachment] = ()
) -> Task:
    """Carry out one action of the table on a task; the other side is told.

    Raises
    ------
    ValidationError
        It is not possible from where the task stands, or what must be said is missing. What the office says
        leaves it, so it is refused when it holds a telephone or ID number; the post's own is masked.
    PermissionDenied
        There is no such task here, or this action is for the other side.
    """
    task = _locked(viewer, number)
    row = check(action, task)
    acting = sides(viewer, task) & set(row.who)
    if not acting:
        raise PermissionDenied(f"{action} is for {', '.join(sorted(row.who))}")
    by_office = "tasked" not in acting
    note = without_numbers("note", note) if row.note and by_office else said_with(row, note)
    post = acting_post(viewer, task.matter) if by_office else task.post_id
    _advance(viewer, task, row, note, post)
    _hand_in_photos(task, pictures, by_tasked=not by_office)
    other = [task.post_id] if by_office else [task.matter.owner_id, task.given_by_id]
    tell_posts(f"task.{action}", "task", task.number, task.matter, other)
    return task


@transaction.atomic
def note_opening(viewer: Viewer, number: str) -> None:
    """Write down that whoever was given a task has opened it; the office's own look leaves no trace."""
    task = _locked(viewer, number)
    if viewer.person is None or not is_tasked(viewer, task.post_id, task.matter):
        return
    opening = ReadReceipt.objects.create(
        task=task, person_id=viewer.person, post_id=task.post_id, at=clock.now()
    )
    task.version += 1
    task.save(update_fields=["version"])
    _record(viewer, "task.opened", task, told_of(opening))


def withdraw_unfit(viewer: Viewer, matter: Matter, said: str) -> None:
    """Withdraw the tasks of posts that may know of a matter no more (P3, P4), in the caller's transaction."""
    tasks = _open_tasks(matter)
    knowing_it = knowing(matter, [task.post for task in tasks])
    _withdraw(viewer, matter, [task for task in tasks if task.post not in knowing_it], said)


def withdraw_open(viewer: Viewer, matter: Matter, said: str) -> None:
    """Withdraw every open task of a matter that is over, in the caller's transaction."""
    _withdraw(viewer, matter, _open_tasks(matter), said)


def _open_tasks(matter: Matter) -> list[Task]:
    given = Task.objects.select_for_update(of=("self",)).filter(matter=matter, open=True)
    return list(given.select_related("post__area"))


def _withdraw(viewer: Viewer, matter: Matter, tasks: Iterable[Task], said: str) -> None:
    row = workflow_of(Task.kind).transition("withdraw")
    for task in tasks:
        task.matter = matter
        _advance(viewer, task, row, said, acting_post(viewer, matter))
        tell_posts("task.withdraw", "task", task.number, matter, [task.post_id])


def due_within(matter: Matter, limit: str) -> datetime:
    """Return when a task that is given now for ``limit`` is due."""
    read = parse_limit(limit)
    by_the_clock = profile().tier(category_of_matter(matter).tier).elapsed and read.unit != "wd"
    return deadline(calendar(), clock.now(), read, elapsed=by_the_clock).due


def _written(viewer: Viewer, matter: Matter, order: Order) -> Task:
    _refuse_post(matter, order.post)
    due = _due(matter, order)
    return Task(
        number=part_number(matter.number, matter.tasks.values_list("number", flat=True)),
        matter=matter,
        post_id=order.post,
        given_by_id=acting_post(viewer, matter),
        action=without_numbers("action", order.action),
        place=without_numbers("place", order.place, limit=160) if order.place.strip() else "",
        lon=matter.lon if order.show_point else None,
        lat=matter.lat if order.show_point else None,
        given_at=clock.now(),
        due_at=due,
        late_reason=without_numbers("reason", order.reason) if due > matter.resolve_by else "",
        state=workflow_of("task").start,
    )


def _refuse_post(matter: Matter, chosen: int) -> None:
    if not matter.open:
        raise ValidationError(_("The matter is done already."))
    post = next((post for post in candidates(matter) if post.pk == chosen), None)
    if post is None:
        raise ValidationError({"post": _("This post cannot be given a task here.")})
    refuse_no_duty(post.role, matter)


def _due(matter: Matter, order: Order) -> datetime:
    if order.limit not in LIMITS:
        raise ValidationError({"limit": _("Please choose by when.")})
    due = due_within(matter, order.limit)
    if due > matter.resolve_by and not order.reason.strip():
        raise ValidationError(
            {"reason": _("It would be due after the matter itself. Choose a shorter time, or say why.")}
        )
    return due


def _give_photos(task: Task, matter: Matter, order: Order) -> None:
    known = matter.photos.filter(file__in=order.photos).order_by("pk").values_list("file", "kind")
    _keep_photos(task, [*known, *map(_kept, order.pictures)], by_tasked=False)


def _hand_in_photos(task: Task, pictures: Sequence[Attachment], *, by_tasked: bool) -> None:
    if pictures and task.photos.filter(by_tasked=by_tasked).count() + len(pictures) > MOST:
        raise ValidationError({"photos": _("At most %(count)d photos.") % {"count": MOST}})
    _keep_photos(task, list(map(_kept, pictures)), by_tasked=by_tasked)


def _kept(given: Attachment) -> tuple[str, str]:
    return keep(given), given.kind


def _keep_photos(task: Task, files: list[tuple[str, str]], *, by_tasked: bool) -> None:
    if len(files) > MOST:
        raise ValidationError({"photos": _("At most %(count)d photos.") % {"count": MOST}})
    TaskPhoto.objects.bulk_create(
        TaskPhoto(task=task, file=file, kind=kind, by_tasked=by_tasked, added_at=clock.now())
        for file, kind in files
    )


def _advance(viewer: Viewer, task: Task, row: Transition, note: str, post: int | None) -> None:
    before, task.state = task.state, row.after or task.state
    phase = workflow_of(task.kind).state(task.state).phase
    task.open, task.with_office = phase != "done", phase == "asked"
    task.closed_at = None if task.open else clock.now()
    task.remind_at = remind_from_now(task)
    task.version += 1
    task.save(update_fields=["state", "open", "with_office", "closed_at", "remind_at", "version"])
    _step(viewer, task, row.action, before, post, note)
    _record(viewer, f"task.{row.action}", task)


def _step(viewer: Viewer, task: Task, action: str, before: str, post: int | None, note: str = "") -> None:
    TaskStep.objects.create(
        task=task, at=clock.now(), action=action, before=before, after=task.state,
        person_id=viewer.person, post_id=post, note=note,
    )  # fmt: skip


def _locked(viewer: Viewer, number: str) -> Task:
    """Return a task that ``viewer`` may see, its row locked; PermissionDenied where there is none."""
    seen = Task.objects.select_for_update(of=("self",)).select_related("matter").filter(number=number)
    task = seen.filter(tasks_seen_by(viewer)).first()
    if task is None:
        raise PermissionDenied("no such task here")
    return task


def _record(viewer: Viewer, verb: str, task: Task, kept: str = "") -> None:
    fact = TaskChanged(
        matter=task.matter_id,
        post=task.post_id,
        state=task.state,
        due_at=task.due_at.isoformat(),
        sealed=task.matter.sealed,
        kept=kept,
    )
    record(viewer, verb, "task", task.pk, task.version, lineage_of_matter(task.matter), fact)
