"""The plan for the claim of a group, as the office and as others may see it (R23, P8)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.assignment.responsible import responsible_posts
from shige.matters.categories import category_name, category_of_matter, planned_categories
from shige.matters.models import Matter
from shige.matters.workflow.actors import own_posts, seen_by
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.models import Post
from shige.trust.permissions import OFFICE, roles_of

from ..models.group_plan import GroupPlan
from .duty import MeasureIn, due_of, may_plan


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Claimants with one interest; ``count`` is None where it is too small to be told (P8)."""

    pk: int
    interest: str
    count: int | None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure; ``may_note`` says whether the viewer may note its progress.

    ``dropped`` is why it was dropped from the adopted plan; empty while it stands.
    """

    pk: int
    group: str
    what: str
    body: str
    due: date
    done_at: datetime | None
    progress: str
    late: bool
    may_note: bool
    dropped: str
    given: MeasureIn


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan; without groups and measures where none was begun. ``total`` is for the office alone.

    ``done`` measures are counted among the ``standing`` ones, those that were not dropped.
    """

    number: str
    due_at: datetime
    adopted_at: datetime | None
    groups: tuple[GroupLine, ...]
    measures: tuple[MeasureLine, ...]
    total: int | None
    standing: int
    done: int
    version: int
    may_plan: bool
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class PlanDue:
    """A claim of a group on the leader's list."""

    number: str
    category: str
    place: str
    due_at: datetime
    adopted_at: datetime | None
    measures: int
    done: int


def plan_of(viewer: Viewer, matter: Matter, *, shared: bool = False) -> PlanView | None:
    """Return the plan of a matter that ``viewer`` sees; None where its category asks for none.

    Parameters
    ----------
    shared
        Whether it leaves the office: then small counts are hidden whoever asks.
    """
    if category_of_matter(matter).plan is None:
        return None
    plan = GroupPlan.objects.filter(matter=matter).first()
    may = may_plan(viewer, matter)
    inside = not shared and any(scope.role in roles_of(OFFICE) for scope in viewer.scopes)
    groups = [] if plan is None else list(plan.groups.order_by("-count", "pk"))
    measures = _measures(viewer, plan, may) if plan else ()
    standing = [measure for measure in measures if not measure.dropped]
    return PlanView(
        number=matter.number,
        due_at=plan.due_at if plan else due_of(matter),
        adopted_at=plan.adopted_at if plan else None,
        groups=tuple(GroupLine(g.pk, g.interest, _told(g.count, inside)) for g in groups),
        measures=measures,
        total=sum(group.count for group in groups) if inside else None,
        standing=len(standing),
        done=sum(measure.done_at is not None for measure in standing),
        version=plan.version if plan else 0,
        may_plan=may and matter.open,
        posts=tuple(responsible_posts(matter)) if may else (),
    )


def plan_page(viewer: Viewer, number: str, *, shared: bool = False) -> PlanView | None:
    """Return the plan of a matter by its number, if ``viewer`` sees the matter."""
    matter = Matter.objects.filter(seen_by(viewer), number=number).first()
    return plan_of(viewer, matter, shared=shared) if matter else None


def plans_due(viewer: Viewer) -> list[PlanDue]:
    """Return the open claims of groups that ``viewer`` sees, with their plans' progress; two statements."""
    matters = Matter.objects.filter(seen_by(viewer), open=True, category__in=planned_categories())
    found = matters.select_related("group_plan").prefetch_related("group_plan__measures")
    return [_due(matter) for matter in found.order_by("next_at", "pk")[:50]]


def _due(matter: Matter) -> PlanDue:
    plan = getattr(matter, "group_plan", None)
    measures = [measure for measure in plan.measures.all() if measure.dropped_at is None] if plan else []
    return PlanDue(
        number=matter.number,
        category=category_name(matter.category),
        place=matter.place,
        due_at=plan.due_at if plan else due_of(matter),
        adopted_at=plan.adopted_at if plan else None,
        measures=len(measures),
        done=sum(measure.done_at is not None for measure in measures),
    )


def _measures(viewer: Viewer, plan: GroupPlan, may: bool) -> tuple[MeasureLine, ...]:
    today, own = localdate(clock.now()), own_posts(viewer)
    found = plan.measures.select_related("group", "post__area").order_by("due", "pk")
    return tuple(
        MeasureLine(
            pk=measure.pk,
            group=measure.group.interest if measure.group else "",
            what=measure.what,
            body=measure.post.name if measure.post else measure.body,
            due=measure.due,
            done_at=measure.done_at,
            progress=measure.progress,
            late=measure.done_at is None and measure.dropped_at is None and measure.due < today,
            may_note=measure.dropped_at is None and (may or measure.post_id in own),
            dropped=measure.dropped_why,
            given=MeasureIn(measure.what, measure.due, measure.post_id, measure.body, measure.group_id),
        )
        for measure in found
    )


def _told(count: int, inside: bool) -> int | None:
    return count if inside or count >= profile().suppress_under else None
