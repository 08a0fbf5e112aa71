"""Where somebody may import matters to."""

from shige.territory.models import Area
from shige.trust.gate import Viewer


def import_streets(viewer: Viewer) -> list[Area]:
    """Return the streets in which ``viewer`` may import, by name; one statement."""
    streets = Area.objects.filter(level="street").order_by("sort_key")
    scopes = viewer.holding("matter.import")
    if viewer.system or any(scope.level in {"city", "province"} for scope in scopes):
        return list(streets)
    own = {scope.area for scope in scopes}
    return [street for street in streets if own & {street.pk, street.district_id}]
