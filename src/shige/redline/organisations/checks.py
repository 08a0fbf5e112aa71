"""What a change in an organisation's life has to keep: each refusal names its field and what to do first."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shige.tables.text import plain
from shige.territory.models import Area
from shige.trust.models import Post
from shige.trust.queries import today

from ..models import Standing
from ..rules import holds, overseer_roles, serves

AHEAD: Final = timedelta(days=366)
"""How long before its day a change may be decided."""

REASON_LIMIT: Final = 200


def checked_name(name: str) -> str:
    """Return the name without spaces around it; refuse an empty or overlong one."""
    stripped = name.strip()
    limit = Standing._meta.get_field("name").max_length or 0
    if not 0 < len(stripped) <= limit:
        raise ValidationError({"name": _("A name has 1 to %(limit)d characters.") % {"limit": limit}})
    return stripped


def checked_reason(reason: str) -> str:
    """Return the reason without spaces around it; refuse an empty or overlong one."""
    stripped = reason.strip()
    if not 0 < len(stripped) <= REASON_LIMIT:
        said = _("Please say why, in at most %(count)d characters.")
        raise ValidationError({"reason": said % {"count": REASON_LIMIT}})
    return stripped


def check_day(on: date) -> None:
    """Refuse a day that lies more than a year ahead."""
    if on > today() + AHEAD:
        raise ValidationError({"on": _("This day is more than a year ahead.")})


def day_name(day: date) -> str:
    """Return a day as a sentence has it."""
    return date_format(day, "SHORT_DATE_FORMAT")


def check_later(standing: Standing, on: date) -> None:
    """Refuse a day before the last change: what was before stays as it was."""
    since = standing.valid.lower
    if since is not None and on < since:
        raise ValidationError(
            {
                "on": _("%(name)s was last changed from %(day)s on; please name this day or a later one.")
                % {"name": standing.name, "day": day_name(since)}
            }
        )


def check_ended(standing: Standing, on: date) -> None:
    """Refuse an end that is still to come, or before the last change."""
    if on > today():
        raise ValidationError({"on": _("This day is still to come: please do this when it has come.")})
    check_later(standing, on)


def check_parent(organisation: int | None, area: Area, parent: Standing | None, on: date) -> None:
    """Refuse an organisation above that is not there yet, or that oversees no area above ``area``."""
    if parent is None:
        return
    if parent.organisation_id == organisation:
        raise ValidationError({"above": _("%(name)s would stand above itself.") % {"name": parent.name}})
    check_there("above", parent, on)
    if not holds(parent.area, area):
        raise ValidationError(
            {
                "above": _("%(parent)s oversees no area above %(area)s.")
                % {"parent": parent.name, "area": area.name}
            }
        )


def check_there(field: str, standing: Standing, on: date) -> None:
    """Refuse an organisation that is not founded yet on a day."""
    if not Standing.objects.filter(organisation=standing.organisation_id, valid__contains=on).exists():
        said = _("%(name)s is not founded yet on this day.")
        raise ValidationError({field: said % {"name": standing.name}})


def check_new(standing: Standing) -> None:
    """Refuse a second organisation of a name and kind with its seat in one place; of a grid there is one."""
    if standing.tied:
        return
    rows = Standing.objects.living().filter(area=standing.area, kind=standing.kind, tied=False)
    if bare(standing.name) in {bare(name) for name in rows.values_list("name", flat=True)}:
        said = _("%(name)s is there already, with its seat in %(area)s.")
        raise ValidationError({"name": said % {"name": standing.name, "area": standing.area.name}})


def bare(name: str) -> str:
    """Return a name without blanks and with narrow brackets, as two people write the same one."""
    return "".join(plain(name).split())


def check_children(area: Area, children: Iterable[Standing]) -> None:
    """Refuse an area that does not hold the areas of the organisations below."""
    for child in children:
        if not holds(area, child.area):
            raise ValidationError(
                {
                    "grid": _("%(child)s would lose the organisation above it: move it first.")
                    % {"child": child.name}
                }
            )


def check_overseer(area: Area, post: Post | None) -> None:
    """Refuse a post that is no overseer's, is closed, or serves an area beside this one."""
    if post is None:
        return
    if post.closed_at is not None or post.role not in overseer_roles():
        raise ValidationError(
            {"overseer": _("%(post)s is no open post of an overseer.") % {"post": post.name}}
        )
    if not serves(post.area, area):
        raise ValidationError(
            {"overseer": _("%(post)s does not serve %(area)s.") % {"post": post.name, "area": area.name}}
        )
