"""Write what a month's disputes have taught: one text for each month and area (每月总结, R27)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.language.masking import masked
from shige.matters import clock
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import record
from shige.trust.gate import Viewer, require

from ..models.monthly import LEVELS, MonthlyText

TEXT_LIMIT = 4000


@transaction.atomic
def write_month(viewer: Viewer, area: Area, month: date, experience: str, shortcomings: str) -> MonthlyText:
    """Write or replace the text of a month; ``month`` is any day of it.

    Raises
    ------
    PermissionDenied
        ``viewer`` does not dispatch in ``area``.
    ValidationError
        The month has not begun, the area has no such text, or a text is too long.
    """
    lineage = lineage_of(area)
    require(viewer, "matter.dispatch", lineage)
    first, now = month.replace(day=1), clock.now()
    if area.level not in LEVELS or first > localdate(now):
        raise ValidationError(_("There is nothing to sum up yet."))
    said = {"experience": masked(experience.strip()), "shortcomings": masked(shortcomings.strip())}
    for field, text in said.items():
        if len(text) > TEXT_LIMIT:
            raise ValidationError({field: _("At most %(count)d characters.") % {"count": TEXT_LIMIT}})
    post = next((scope.post for scope in viewer.holding("matter.dispatch") if scope.covers(lineage)), None)
    found, made = MonthlyText.objects.select_for_update().get_or_create(
        area=area, month=first, defaults={**said, "post_id": post, "written_at": now}
    )
    if not made:
        found.experience, found.shortcomings = said["experience"], said["shortcomings"]
        found.post_id, found.written_at, found.version = post, now, found.version + 1
        found.save()
    record(viewer, "monthly_text.written", "monthly_text", found.pk, found.version, lineage)
    return found
