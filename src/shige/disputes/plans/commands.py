"""The differentiated plan for the claim of a group: made by the street, ticked as it goes on (R23)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.language.masking import masked
from shige.matters import clock
from shige.matters.assignment.responsible import responsible_posts
from shige.matters.models import Matter
from shige.matters.workflow.actors import own_posts
from shige.matters.workflow.commands.steps import acting_post, changed, lock_matter
from shige.trust.form_text import filled
from shige.trust.gate import Viewer

from ..models.group_plan import ClaimGroup, GroupPlan, Measure
from .duty import MeasureIn, due_of, may_plan

LINE_LIMIT, WORDS_LIMIT, MOST = 80, 200, 1_000_000


@transaction.atomic
def add_group(viewer: Viewer, number: str, interest: str, count: int) -> ClaimGroup:
    """Add claimants with one interest: what it is and how many they are, never who.

    Raises
    ------
    ValidationError
        By field: no name or one that stands already, or no count.
    """
    matter, plan = planned(viewer, number)
    made = ClaimGroup(plan=plan)
    save_group(made, interest, count)
    plan_changed(viewer, matter, plan, "grouped")
    return made


@transaction.atomic
def add_measure(viewer: Viewer, number: str, given: MeasureIn) -> Measure:
    """Add a measure.

    Raises
    ------
    ValidationError
        By field: nothing is said, nobody is responsible, or a post or group that is not of this plan.
    """
    matter, plan = planned(viewer, number)
    made = Measure(plan=plan)
    save_measure(made, matter, given)
    plan_changed(viewer, matter, plan, "measured")
    return made


@transaction.atomic
def adopt_plan(viewer: Viewer, number: str) -> GroupPlan:
    """Adopt the plan: from now on the matter's page shows it, and its progress.

    Raises
    ------
    ValidationError
        A group has no measure, or there is no group.
    """
    matter, plan = planned(viewer, number)
    groups = list(plan.groups.values_list("pk", flat=True))
    covered = set(plan.measures.filter(dropped_at=None).values_list("group", flat=True))
    if not groups or not (None in covered or covered.issuperset(groups)):
        raise ValidationError(_("Every group needs a measure before the plan is adopted."))
    plan.adopted_at = plan.adopted_at or clock.now()
    plan.post_id = acting_post(viewer, matter)
    plan.save(update_fields=["adopted_at", "post"])
    plan_changed(viewer, matter, plan, "adopted")
    return plan


@transaction.atomic
def note_progress(viewer: Viewer, number: str, pk: int, progress: str, *, done: bool) -> Measure:
    """Note how far a measure came, by the street or by whoever holds the post that is responsible."""
    matter = lock_matter(viewer, number)
    standing = Measure.objects.filter(pk=pk, plan__matter=matter, dropped_at=None)
    measure = standing.select_for_update(of=("self",)).first()
    if measure is None or not (may_plan(viewer, matter) or measure.post_id in own_posts(viewer)):
        raise PermissionDenied("this measure is not for this viewer")
    measure.progress = masked(trimmed(progress))[:WORDS_LIMIT]
    measure.done_at = (measure.done_at or clock.now()) if done else None
    measure.save(update_fields=["progress", "done_at"])
    plan_changed(viewer, matter, measure.plan, "progressed")
    return measure


def planned(viewer: Viewer, number: str) -> tuple[Matter, GroupPlan]:
    """Return a matter, its row locked, with its plan, begun where there is none.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not make the plan of this matter.
    ValidationError
        The matter is done.
    """
    matter = lock_matter(viewer, number)
    if not may_plan(viewer, matter):
        raise PermissionDenied("only the street plans for the claim of a group")
    if not matter.open:
        raise ValidationError(_("The matter is done; its plan stays as it is."))
    plan, _made = GroupPlan.objects.get_or_create(matter=matter, defaults={"due_at": due_of(matter)})
    return matter, plan


def save_group(group: ClaimGroup, interest: str, count: int) -> None:
    """Save a group of a plan whose matter the caller holds; errors as with ``add_group``."""
    group.interest, group.count = filled("interest", interest, LINE_LIMIT), count
    if not 1 <= count <= MOST:
        raise ValidationError({"count": _("Please give how many they are.")})
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise ValidationError({"interest": _("This group stands in the plan already.")}) from None


def save_measure(measure: Measure, matter: Matter, given: MeasureIn) -> None:
    """Save a measure of a plan whose matter the caller holds; errors as with ``add_measure``."""
    if given.post and given.post not in {post.pk for post in responsible_posts(matter)}:
        raise ValidationError({"post": _("This post cannot take a measure on here.")})
    if not given.post and not given.body.strip():
        raise ValidationError({"body": _("Choose a post or name the body that is responsible.")})
    if given.group and not measure.plan.groups.filter(pk=given.group).exists():
        raise ValidationError({"group": _("This group is not of this plan.")})
    measure.what, measure.due = filled("what", given.what, WORDS_LIMIT), given.due
    measure.group_id, measure.post_id = given.group, given.post
    measure.body = masked(given.body.strip())[:LINE_LIMIT]
    measure.save()


def plan_changed(viewer: Viewer, matter: Matter, plan: GroupPlan, what: str) -> None:
    """Count a new version of a plan and journal it with its matter."""
    plan.version += 1
    plan.save(update_fields=["version"])
    changed(viewer, f"group_plan.{what}", matter)
