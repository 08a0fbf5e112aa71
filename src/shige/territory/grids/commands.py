"""Give a living grid another name, from a day on (R5)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.trust.commands import enqueue, record
from shige.trust.gate import Viewer, require

from ..deferred import tiles_later
from ..facts import GridRenamed, PlanChanged
from ..lineage import lineage_of, lineage_of_version
from ..models import Area, GridVersion, Plan, PlanNote, TileSet
from ..plans.commands.decision import check_date
from ..plans.commands.force import bring_into_force
from ..plans.commands.steps import note_on
from ..plans.commands.submission import holders
from ..plans.workflow import OPEN, State
from .names import spoken


@transaction.atomic
def rename_living(viewer: Viewer, code: str, name: str, since: date, reason: str) -> GridVersion:
    """Let a grid be called otherwise from a day on; nothing else of it changes.

    Plans that are not decided yet and call it as before follow; whoever holds its posts is told.

    Raises
    ------
    ValidationError
        By field: the name cannot be spoken or is borne by another grid, the day lies before today or before
        the grid as it is, there is no reason; or no such grid lives on, or bears the name of its community.
    """
    area = Area.objects.filter(kind=Area.Kind.GRID, code=code).exclude(level=Area.Level.COMMUNITY).first()
    if area is None:
        raise ValidationError(_("This grid bears the name of its community."))
    require(viewer, "plan.decide", lineage_of(area))
    Area.objects.select_for_update().get(pk=area.community_id or 0)
    before = area.versions.filter(valid__upper_inf=True).select_related("area", "parent").first()
    if before is None:
        raise ValidationError(_("This grid ends; it cannot be renamed any more."))
    said, why = _checked(before, name, since, reason)
    old = before.name = before.called
    before.valid = DateRange(before.valid.lower, since)
    before.save(update_fields=["name", "valid"])
    fresh = GridVersion.objects.get(pk=before.pk)
    fresh.pk, fresh._state.adding = None, True
    fresh.name, fresh.reason, fresh.valid = said, why, DateRange(since, None)
    fresh.area, fresh.parent = area, before.parent
    fresh.save()
    area.version += 1
    area.save(update_fields=["version"])
    fact = GridRenamed(code=code, effective_on=since.isoformat())
    record(viewer, "grid.renamed", "grid", area.pk, area.version, lineage_of_version(fresh), fact)
    _rename_in_plans(viewer, area, old, said)
    for person in holders(post__area=area):
        enqueue("grid.renamed", "grid", code, receiver=person)
    bring_into_force()
    tiles_later(TileSet.Kind.GRIDS)
    return fresh


def _checked(before: GridVersion, name: str, since: date, reason: str) -> tuple[str, str]:
    """Return name and reason as they are kept."""
    wrong: dict[str, list[str]] = {}
    said, why = "", trimmed(reason)
    try:
        said = spoken(name)
    except ValidationError as error:
        wrong["name"] = error.messages
    others = GridVersion.objects.filter(area__street=before.area.street_id, valid__upper_inf=True)
    others = others.filter(Q(name=said) | Q(name="", area__name=said))
    if said and said == before.called:
        wrong["name"] = [_("It is called so already.")]
    elif said and others.exclude(area=before.area_id).exists():
        wrong["name"] = [_("Another grid is called “%(name)s”.") % {"name": said}]
    try:
        check_date(since, [before])
    except ValidationError as error:
        wrong["since"] = error.messages
    if not why or len(why) > (GridVersion._meta.get_field("reason").max_length or 0):
        wrong["reason"] = [_("Please say why, in a few words.")]
    if wrong:
        raise ValidationError(wrong)
    return said, why


def _rename_in_plans(viewer: Viewer, area: Area, old: str, said: str) -> None:
    """Let drafts follow that call a grid as it was called: decided later, they would call it so again."""
    scopes = [area.community_id, area.street_id, area.district_id]
    waiting = Plan.objects.select_for_update(of=("self",)).filter(
        scope__in=[scope for scope in scopes if scope], state__in=OPEN | {State.SUBMITTED}
    )
    for plan in waiting.select_related("scope"):
        named = [
            grid
            for grid in plan.outcome.get("grids", ())
            if grid["code"] == area.code and grid["name"] == old
        ]
        if not named:
            continue
        named[0]["name"] = said
        plan.version += 1
        plan.save(update_fields=["outcome", "version"])
        fact = PlanChanged(wish="named")
        record(viewer, "plan.changed", "plan", plan.pk, plan.version, lineage_of(plan.scope), fact)
        note_on(viewer, plan, PlanNote.Kind.WISHED, wish="named", names=[f"{old} → {said}"])
