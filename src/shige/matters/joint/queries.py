"""Joint tasks as the street sees them, and one's own part as each department does (R26)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.urls import reverse

from shige.profile import Transition
from shige.trust.gate import Viewer

from .. import clock
from ..models import JointPart, JointTask, Matter
from ..models.read_receipt import ReadReceipt
from ..tasks.actors import is_tasked, joint_sides, tasked_to
from ..tasks.queries import Due, given_to, openings_of
from ..visibility.behind import not_behind
from ..workflow.actors import seen_by
from ..workflow.workflows import offered, state_label

REMEMBERED: Final = timedelta(days=30)
"""How long the boards of street and district show who stayed away."""


@dataclass(frozen=True, slots=True)
class JointDetail:
    """A joint task with every part, and what this viewer may do with it now."""

    joint: JointTask
    state_label: str
    parts: tuple[JointPart, ...]
    openings: tuple[ReadReceipt, ...]
    actions: tuple[Transition, ...]
    begun: bool

    @property
    def noted(self) -> bool:
        """Whether it is known of each post if somebody came."""
        return all(part.attendance != JointPart.Attendance.EXPECTED for part in self.parts)

    @property
    def present(self) -> int:
        """How many posts somebody came for."""
        return sum(part.attendance == JointPart.Attendance.PRESENT for part in self.parts)

    def may(self, action: str) -> bool:
        """Say whether the viewer may take an action now."""
        return any(row.action == action for row in self.actions)


@dataclass(frozen=True, slots=True)
class WorkToday:
    """Of the first page at work: tasks given to this person, the first of them, and who stayed away."""

    tasks: list[Due]
    away: list[JointPart]

    @property
    def first(self) -> list[Due]:
        """The ones due first."""
        return self.tasks[:5]


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What one post sees of a joint task: why, where, when, and its own part alone."""

    part: JointPart
    joint: JointTask
    state_label: str
    actions: tuple[Transition, ...]


def joint_detail(viewer: Viewer, number: str) -> JointDetail | None:
    """Return a joint task of a matter that ``viewer`` may see, with all its parts; four statements."""
    seen = Matter.objects.filter(seen_by(viewer)).values("pk")
    found = JointTask.objects.filter(not_behind(viewer, "called_at"), number=number, matter__in=seen)
    joint = found.select_related("matter__owner", "matter__leaf", "called_by").first()
    if joint is None or not (viewer.system or viewer.holding("joint.see")):
        return None
    return JointDetail(
        joint=joint,
        state_label=state_label(joint.kind, joint.state),
        parts=tuple(joint.parts.select_related("post__area").order_by("pk")),
        openings=openings_of(part__joint=joint),
        actions=tuple(offered(joint, joint_sides(viewer, joint))),
        begun=joint.meets_at <= clock.now(),
    )


def own_part(viewer: Viewer, pk: int) -> OwnPart | None:
    """Return a part that was given to one of the viewer's posts; two statements."""
    found = JointPart.objects.filter(pk=pk)
    part = found.select_related("joint__matter__leaf", "joint__called_by", "post").first()
    if part is None or not is_tasked(viewer, part.post_id, part.joint.matter):
        return None
    return OwnPart(
        part=part,
        joint=part.joint,
        state_label=state_label(part.joint.kind, part.joint.state),
        actions=tuple(offered(part.joint, {"tasked"})),
    )


def way_to_joint(viewer: Viewer, number: str) -> str:
    """Return the address of a joint task: the whole for whoever sees it, else one's own part."""
    if joint_detail(viewer, number) is not None:
        return reverse("matters:joint", args=[number])
    parts = JointPart.objects.filter(tasked_to(viewer, "joint__matter"), joint__number=number)
    part = parts.order_by("pk").values_list("pk", flat=True).first()
    return reverse("matters:part", args=[part]) if part else reverse("matters:tasks")


def number_of_part(part: str) -> str:
    """Return the number of the joint task of which something is a part."""
    return JointTask.objects.filter(parts=int(part)).values_list("number", flat=True).first() or ""


def work_today(viewer: Viewer) -> WorkToday:
    """Return what the first page shows of tasks; at most three statements."""
    return WorkToday(given_to(viewer), stayed_away(viewer))


def stayed_away(viewer: Viewer) -> list[JointPart]:
    """Return who stayed away without notice in the last days, as the boards above show it; one statement."""
    if not viewer.holding("joint.see"):
        return []
    seen = Matter.objects.filter(seen_by(viewer)).values("pk")
    absent = JointPart.objects.filter(
        attendance=JointPart.Attendance.ABSENT,
        noted_at__gte=clock.now() - REMEMBERED,
        joint__matter__in=seen,
    )
    return list(absent.select_related("joint", "post").order_by("-noted_at")[:20])
