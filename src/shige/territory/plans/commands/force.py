"""Let what was decided for today show in the areas' own rows."""

from django.db import transaction
from django.db.models import F, Q

from shige.trust.queries import today

from ...models import Area, GridVersion
from ...things.commands import follow_grids


@transaction.atomic
def bring_into_force() -> int:
    """Hang every grid under the parent that its version of today names; return how many moved.

    Runs when a plan is decided and once a day, for plans decided for a later date. The journal holds the
    change since the decision; this only makes the lists' columns follow.
    """
    moved = (
        GridVersion.objects.filter(valid__contains=today())
        .exclude(Q(area__parent=F("parent")))
        .select_related("area", "parent")
    )
    areas = []
    for version in moved:
        area, parent = version.area, version.parent
        area.parent = parent
        if area.level == Area.Level.MICRO:
            area.general = parent
        areas.append(area)
    Area.objects.bulk_update(areas, ["parent", "general"], batch_size=500)
    follow_grids()
    return len(areas)
