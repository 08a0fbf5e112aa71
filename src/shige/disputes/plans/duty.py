"""Who makes the plan for the claim of a group, and by when (R23)."""

from dataclasses import dataclass
from datetime import date, datetime

from shige.matters.categories import category_of_matter
from shige.matters.models import Matter
from shige.matters.workflow.actors import dispatching, leading
from shige.matters.workflow.deadlines import calendar
from shige.trust.gate import BELOW_STREET, Viewer
from shige.worktime import deadline


@dataclass(frozen=True, slots=True)
class MeasureIn:
    """What is done, by when, by a post or a body named in words, for one group or for all."""

    what: str
    due: date
    post: int | None = None
    body: str = ""
    group: int | None = None


def may_plan(viewer: Viewer, matter: Matter) -> bool:
    """Say whether ``viewer`` makes the plan of this matter: the street where it lies, or above."""
    if category_of_matter(matter).plan is None:
        return False
    scope = dispatching(viewer, matter) or leading(viewer, matter)
    return viewer.system or (scope is not None and scope.level not in BELOW_STREET)


def due_of(matter: Matter) -> datetime:
    """Return by when the plan is due, in the working time of the category (``plan``)."""
    limit = category_of_matter(matter).plan
    return deadline(calendar(), matter.reported_at, limit).due if limit else matter.resolve_by
