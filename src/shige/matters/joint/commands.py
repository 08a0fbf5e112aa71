"""Call departments together for a matter, note who came, and write down the one outcome (R26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.profile import Transition
from shige.trust.commands import record
from shige.trust.form_text import without_numbers
from shige.trust.gate import Viewer
from shige.trust.models import Post
from shige.trust.permissions import highest_role
from shige.trust.vouched_rows import told_of

from .. import clock
from ..facts import JointChanged, JointPartChanged
from ..handling.commands.transfer import refuse_no_duty
from ..models import JointPart, JointTask, Matter
from ..models.read_receipt import ReadReceipt
from ..numbers import part_number
from ..tasks.actors import calling, candidates, is_tasked, joint_sides, knowing
from ..workflow.actors import lineage_of_matter
from ..workflow.commands.notices import tell_posts
from ..workflow.commands.steps import lock_matter, said_with
from ..workflow.workflows import check, workflow_of

ATTENDANCE: Final = (
    JointPart.Attendance.PRESENT,
    JointPart.Attendance.EXCUSED,
    JointPart.Attendance.ABSENT,
)
"""What the street notes of each: there, away with notice, away without."""

ENDS: Final = frozenset({"conclude", "cancel"})
"""Actions of the street that end a joint task."""


@dataclass(frozen=True, slots=True)
class Summons:
    """Who is called together, what for, where and when."""

    posts: tuple[int, ...]
    purpose: str
    place: str
    meets_at: datetime


@transaction.atomic
def call_joint(viewer: Viewer, number: str, summons: Summons) -> JointTask:
    """Call posts together for an open matter; each is told.

    Raises
    ------
    ValidationError
        By field: nobody or a post that may not know is called, the time has passed, a text holds a number; or
        a post's list of duties has no such category (R19).
    PermissionDenied
        ``viewer`` does not serve at the street of the matter.
    """
    matter = lock_matter(viewer, number)
    scope = calling(viewer, matter)
    if scope is None:
        raise PermissionDenied("only the street calls departments together")
    _check(matter, summons)
    joint = JointTask.objects.create(
        number=part_number(matter.number, matter.joint_tasks.values_list("number", flat=True), "L"),
        matter=matter,
        called_by_id=scope.post,
        purpose=without_numbers("purpose", summons.purpose),
        place=without_numbers("place", summons.place, limit=160),
        called_at=clock.now(),
        meets_at=summons.meets_at,
        state=workflow_of(JointTask.kind).start,
    )
    JointPart.objects.bulk_create(
        JointPart(joint=joint, post_id=post) for post in dict.fromkeys(summons.posts)
    )
    _record(viewer, "joint.called", joint, posts=list(summons.posts))
    tell_posts("joint.called", "joint", joint.number, matter, summons.posts)
    return joint


@transaction.atomic
def note_attendance(viewer: Viewer, number: str, part: int, attendance: str) -> JointPart:
    """Note whether somebody came for a post. Who stays away without notice is told on, up the line.

    An apology that is noted beforehand begins no meeting: the others can still send theirs.

    Raises
    ------
    ValidationError
        The meeting has not begun, so that nobody is there or missing yet; or it is over.
    """
    joint = _locked_joint(viewer, number)
    row = check("attend", joint)
    found = JointPart.objects.select_for_update().filter(joint=joint, pk=part).first()
    if found is None or attendance not in ATTENDANCE:
        raise ValidationError(_("There is no such part of this joint task."))
    begun = joint.meets_at <= clock.now()
    if not begun and attendance != JointPart.Attendance.EXCUSED:
        raise ValidationError(_("The time to meet has not come yet: nobody is there or missing."))
    if found.attendance == attendance:
        return found
    if begun:
        _move(viewer, joint, row)
    found.attendance, found.noted_at = attendance, clock.now()
    _keep(viewer, "joint.attended", joint, found, "attendance", "noted_at")
    if attendance == JointPart.Attendance.ABSENT:
        _tell_up(joint, found)
    return found


@transaction.atomic
def excuse(viewer: Viewer, part: int, reason: str) -> JointPart:
    """Say beforehand that nobody can come for one's post, and why.

    Raises
    ------
    ValidationError
        The time to meet has come: only the street can still note an absence as excused.
    """
    joint, found, row = _opened_part(viewer, part, "excuse")
    if joint.meets_at <= clock.now():
        raise ValidationError(_("The time to meet has passed already. Please call the street."))
    found.apology = said_with(row, reason)
    found.attendance, found.noted_at = JointPart.Attendance.EXCUSED, clock.now()
    _keep(viewer, "joint.excused", joint, found, "apology", "attendance", "noted_at")
    tell_posts("joint.excused", "joint", joint.number, joint.matter, [joint.called_by_id])
    return found


@transaction.atomic
def hand_in_part(viewer: Viewer, part: int, result: str) -> JointPart:
    """Write down what one post did and with what result: the post itself, or the street for it."""
    joint, found, row = _opened_part(viewer, part, "result")
    found.result, found.result_at = said_with(row, result), clock.now()
    _keep(viewer, "joint.result", joint, found, "result", "result_at")
    if is_tasked(viewer, found.post_id, joint.matter):
        tell_posts("joint.result", "joint", joint.number, joint.matter, [joint.called_by_id])
    return found


@transaction.atomic
def end_joint(viewer: Viewer, number: str, action: str, said: str) -> JointTask:
    """Conclude a joint task with its one outcome, or cancel it with a reason; each post is told.

    Raises
    ------
    ValidationError
        Of some post it is not noted whether it came.
    """
    joint = _locked_joint(viewer, number)
    if action not in ("conclude", "cancel"):
        raise ValidationError(_("There is no such action."))
    row = check(action, joint)
    expected = joint.parts.filter(attendance=JointPart.Attendance.EXPECTED).count()
    if action == "conclude" and expected:
        raise ValidationError(_("First note for each post whether somebody came."))
    joint.outcome, joint.closed_at = said_with(row, said), clock.now()
    _move(viewer, joint, row)
    posts = joint.parts.values_list("post_id", flat=True)
    tell_posts(f"joint.{action}", "joint", joint.number, joint.matter, posts)
    return joint


def cancel_unfit(viewer: Viewer, matter: Matter, said: str, *, every: bool = False) -> None:
    """Cancel each meeting still to come to which a post is called that may know of the matter no more.

    In the caller's transaction; the street calls the others anew (P3, P4). With ``every`` all are cancelled.
    """
    row = workflow_of(JointTask.kind).transition("cancel")
    called = JointTask.objects.select_for_update().filter(matter=matter, state__in=row.before)
    for joint in called:
        posts = [part.post for part in joint.parts.select_related("post__area")]
        if not every and len(knowing(matter, posts)) == len(posts):
            continue
        joint.matter, joint.outcome, joint.closed_at = matter, said, clock.now()
        _move(viewer, joint, row)
        tell_posts("joint.cancel", "joint", joint.number, matter, [post.pk for post in posts])


@transaction.atomic
def note_part_opening(viewer: Viewer, part: int) -> None:
    """Write down that whoever was called has opened their part."""
    found = JointPart.objects.select_for_update(of=("self",)).select_related("joint__matter").get(pk=part)
    if viewer.person is None or not is_tasked(viewer, found.post_id, found.joint.matter):
        return
    opening = ReadReceipt.objects.create(
        part=found, person_id=viewer.person, post_id=found.post_id, at=clock.now()
    )
    _keep(viewer, "joint.opened", found.joint, found, opening=opening)


def _check(matter: Matter, summons: Summons) -> None:
    if not matter.open:
        raise ValidationError(_("The matter is done already."))
    if not summons.posts:
        raise ValidationError({"posts": _("Please choose who is called.")})
    known = {post.pk: post for post in candidates(matter, owner=True)}
    if set(summons.posts) - set(known):
        raise ValidationError({"posts": _("This post cannot be called for this matter.")})
    for post in summons.posts:
        refuse_no_duty(known[post].role, matter)
    if summons.meets_at <= clock.now():
        raise ValidationError({"meets_at": _("This time has passed already.")})


def _locked_joint(viewer: Viewer, number: str) -> JointTask:
    joint = _locked(JointTask.objects.filter(number=number).values_list("pk", flat=True).first())
    if joint is None or "caller" not in joint_sides(viewer, joint):
        raise PermissionDenied("no such joint task here")
    return joint


def _opened_part(viewer: Viewer, part: int, action: str) -> tuple[JointTask, JointPart, Transition]:
    """Lock a part and its joint task, and make sure that ``viewer`` may take ``action`` on it now."""
    joint = _locked(JointPart.objects.filter(pk=part).values_list("joint_id", flat=True).first())
    if joint is None:
        raise PermissionDenied("no such part here")
    found = JointPart.objects.select_for_update().get(pk=part)
    allowed = joint_sides(viewer, joint, found)
    if not allowed:
        raise PermissionDenied("no such part here")
    row = check(action, joint)
    if not allowed.intersection(row.who):
        raise PermissionDenied(f"{action} is for {', '.join(sorted(row.who))}")
    return joint, found, row


def _locked(pk: int | None) -> JointTask | None:
    """Lock the joint task first, always, so that two people who tap at once wait for one another."""
    locking = JointTask.objects.select_for_update(of=("self",)).select_related("matter")
    return locking.filter(pk=pk).first() if pk else None


def _move(viewer: Viewer, joint: JointTask, row: Transition) -> None:
    joint.state = row.after or joint.state
    joint.open = workflow_of(joint.kind).state(joint.state).phase != "done"
    joint.version += 1
    joint.save(update_fields=["state", "open", "outcome", "closed_at", "version"])
    _record(viewer, f"joint.{row.action}", joint)


def _keep(
    viewer: Viewer,
    verb: str,
    joint: JointTask,
    part: JointPart,
    *columns: str,
    opening: ReadReceipt | None = None,
) -> None:
    part.version += 1
    part.save(update_fields=["version", *columns])
    fact = JointPartChanged(
        joint=joint.pk,
        post=part.post_id,
        attendance=str(part.attendance),
        kept=told_of(opening) if opening else "",
    )
    record(viewer, verb, "joint_part", part.pk, part.version, lineage_of_matter(joint.matter), fact)


def _tell_up(joint: JointTask, part: JointPart) -> None:
    """Tell the post itself, and the district's centre above it, that it stayed away."""
    above = Post.objects.filter(role=highest_role(), area=joint.matter.district_id, closed_at=None)
    _notice(joint, "joint.missed", [part.post_id])
    _notice(joint, "joint.stayed_away", above.values_list("pk", flat=True))


def _notice(joint: JointTask, kind: str, posts: Iterable[int]) -> None:
    tell_posts(kind, "joint", joint.number, joint.matter, posts)


def _record(viewer: Viewer, verb: str, joint: JointTask, posts: list[int] | None = None) -> None:
    matter = joint.matter
    fact = JointChanged(matter=matter.pk, state=joint.state, sealed=matter.sealed, posts=posts)
    record(viewer, verb, "joint", joint.pk, joint.version, lineage_of_matter(matter), fact)


PARTS: Final = {"excuse": excuse, "result": hand_in_part}
"""How a post moves its own part."""
