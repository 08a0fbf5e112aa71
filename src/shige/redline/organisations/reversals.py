"""What was decided is taken back: a change that is to come or was made today, and an end of today (R9)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.trust.gate import Viewer, require
from shige.trust.queries import today

from ..models import Change, Organisation, Standing
from .checks import check_children, check_overseer, check_parent, checked_reason
from .commands import still_to_do
from .duty import check_duty
from .writing import Decision, children_of, locked, note, save, tell

ENDS = (Change.Kind.CLOSED, Change.Kind.MERGED)


@transaction.atomic
def withdraw(viewer: Viewer, organisation: int, reason: str) -> Standing | None:
    """Take a change back that is still to come or was decided today for today.

    Returns what then holds on, None for a founding.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line at either place.
    ValidationError
        Nothing can be taken back, others stand below it by then, its earlier grid is promised to another one,
        or an overseer would change whom the viewer may not name.
    """
    planned = locked(organisation)
    require(viewer, "redline.edit", lineage_of(planned.area))
    reason, begins = checked_reason(reason), planned.valid.lower
    if begins is None or not can_be_withdrawn(planned):
        raise ValidationError(_("Nothing of it is still to come."))
    before = Standing.objects.filter(organisation=organisation, valid__endswith=begins)
    kept = before.select_related("organisation", "area", "overseer__area").first()
    children = children_of(organisation, begins)
    if kept is None:
        if children:
            raise ValidationError(still_to_do(planned, children)[:1])
        check_duty(viewer, planned)
    Standing.objects.filter(pk=planned.pk).delete()
    told = kept or planned
    if kept is not None:
        require(viewer, "redline.edit", lineage_of(kept.area))
        if kept.overseer_id != planned.overseer_id:
            require(viewer, "redline.oversee", lineage_of(kept.area))
        check_children(kept.area, children)
        kept.valid = DateRange(kept.valid.lower, None)
        save(kept)
    tell(viewer, told, Change.Kind.WITHDRAWN, Decision(begins, reason))
    note(viewer, "organisation.withdrawn", told, begins)
    return kept


@transaction.atomic
def restore(viewer: Viewer, organisation: int, reason: str) -> Standing:
    """Let an organisation go on that was closed or merged by mistake today, as it was before.

    Those who came under another one by its merger stay there.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there.
    ValidationError
        It was not ended today, its grid has another organisation of its kind, the one above is closed, or an
        overseer's duty would begin whom the viewer may not name.
    """
    Organisation.objects.select_for_update().get(pk=organisation)
    rows = Standing.objects.filter(organisation=organisation).select_related(
        "organisation", "area", "overseer__area"
    )
    last = rows.order_by("-valid").first()
    if last is None or not can_be_restored(last):
        raise ValidationError(_("Only an end of today can be taken back."))
    require(viewer, "redline.edit", lineage_of(last.area))
    reason, ended = checked_reason(reason), last.valid.upper
    check_duty(viewer, last)
    check_overseer(last.area, last.overseer)
    if last.parent_id is not None:
        check_parent(organisation, last.area, locked(last.parent_id), ended)
    last.valid = DateRange(last.valid.lower, None)
    save(last)
    tell(viewer, last, Change.Kind.RESTORED, Decision(ended, reason))
    note(viewer, "organisation.restored", last, ended)
    return last


def is_to_come(standing: Standing) -> bool:
    """Say whether what an organisation is at last holds from a later day on only."""
    begins = standing.valid.lower
    return begins is not None and begins > today()


def can_be_withdrawn(standing: Standing) -> bool:
    """Say whether what an organisation is at last is to come, or is one decision of today for today.

    Of several decisions for today the last one cannot be told from the others: all have made one standing.
    """
    if is_to_come(standing):
        return True
    return standing.valid.lower == today() and _decided_on(standing) == today() and len(undone(standing)) == 1


def undone(standing: Standing) -> list[Change]:
    """Return the changes that would be taken back: all that hold from the day on which it begins."""
    rows = Change.objects.filter(organisation=standing.organisation_id, on=standing.valid.lower)
    return list(rows.exclude(kind=Change.Kind.WITHDRAWN).order_by("pk"))


def can_be_restored(standing: Standing) -> bool:
    """Say whether an organisation was ended today, whatever day its end has."""
    return standing.valid.upper is not None and _decided_on(standing, ENDS) == today()


def _decided_on(standing: Standing, kinds: tuple[str, ...] = ()) -> date | None:
    """Return the day on which its last change was written down; None where that is none of some kinds."""
    last = Change.objects.filter(organisation=standing.organisation_id).order_by("-at", "-pk").first()
    if last is None or (kinds and last.kind not in kinds):
        return None
    return timezone.localdate(last.at)
