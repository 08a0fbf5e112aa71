"""Which organisations are somebody's, as they stand today, or stood last."""

from collections.abc import Mapping

from django.db.models import F, QuerySet

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, may, visible
from shige.trust.permissions import Action
from shige.trust.queries import today

from .models import Standing


def organisations_of(viewer: Viewer, action: Action) -> Mapping[int, Standing]:
    """Return the organisations for which ``viewer`` may do ``action``, by number, as they stand today.

    Also a closed one, as it stood last, as long as its members have not gone elsewhere. Two statements.
    """
    seen = set(
        Area.objects.annotate(leaf_id=F("pk")).filter(visible(viewer, action)).values_list("pk", flat=True)
    )
    rows = _begun().select_related("area__street", "area__community").order_by("valid")
    last = {row.organisation_id: row for row in rows.filter(organisation__standings__area__in=seen)}
    return {number: row for number, row in last.items() if row.area_id in seen}


def organisation(number: int) -> Standing | None:
    """Return an organisation as it stands today, or stood last, for whoever holds one of its links."""
    rows = _begun().select_related("area__street", "area__community", "area__district")
    return rows.filter(organisation=number).order_by("-valid").first()


def is_open(standing: Standing) -> bool:
    """Say whether an organisation is there today."""
    ends = standing.valid.upper
    return ends is None or ends > today()


def may_for(viewer: Viewer, action: Action, number: int) -> Standing | None:
    """Return an organisation for which ``viewer`` may do ``action``; None for any other."""
    standing = organisation(number)
    allowed = standing is not None and may(viewer, action, lineage_of(standing.area))
    return standing if allowed else None


def _begun() -> QuerySet[Standing]:
    """Return what holds or has held: what is decided for later opens nothing now."""
    return Standing.objects.filter(valid__startswith__lte=today())
