"""Who answers for a new matter, by its category and place."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import Category, Profile

from .. import clock
from ..assignment.choice import Question, assigned
from ..assignment.routing import Owner, ReportMoment, route
from .location import Location


def owner_of(rules: Profile, category: Category, location: Location, key: int = 0) -> Owner:
    """Return who answers; a place in no grid, or one still to be found, goes to its street's unassigned list.

    Where not even the street is known, it is the district's. ``key`` is the matter's id, by which
    somebody may be kept from it already.
    """
    told = ReportMoment(clock.now(), key if category.seal else 0)  # nobody is kept from what is not sealed
    if location.lineage.community is not None:
        asked = Question(category, location.lineage, category.tier, told.reported_at, told)
        return assigned(rules, asked)
    street = "S" if location.lineage.street is not None else "D"
    tier = category.tier if category.tier in ("D", "X") else street
    owner = route(rules, category, location.lineage, tier, told)
    with override(rules.language):
        if location.lon is None:
            remark = _("The place is not on the map yet; a dispatcher finds it and sets it.")
        else:
            remark = _("The place lies outside every grid; a dispatcher sets it.")
    return replace(owner, remark="\n".join(part for part in (remark, owner.remark) if part))
