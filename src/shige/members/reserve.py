"""The reserve pool (后备网格员库): who is ready to serve as a grid worker, the nearest first (R11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import F, Q, QuerySet

from shige.redline.reach import organisations_of
from shige.territory.grids.queries.grids import in_force
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, require, visible

from .apart import register_open
from .models import Member
from .queries import RegisterRow, row_of
from .rules import SERVED

Nearness = Literal["grid", "community", "street"]
NEAREST: Final[Sequence[Nearness]] = ("grid", "community", "street")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody ready to serve as a grid worker, and how near to the grid they serve now; never a score."""

    row: RegisterRow
    nearness: Nearness


def proposed_for(viewer: Viewer, area: Area) -> list[Proposal]:
    """Return who of the viewer's organisations is ready to serve as a grid worker in an area.

    Who serves in the grid itself comes first, then in its community, then in its street; among those, who
    has been ready for longest.
    """
    require(viewer, "member.see", lineage_of(area))
    reach = organisations_of(viewer, "member.see")
    with register_open():
        members = list(pool(reach))
    areas = Area.objects.in_bulk([member.grid for member in members])
    found = [
        Proposal(row_of(member, reach, areas), nearness)
        for member in members
        if (nearness := _nearness(areas.get(member.grid or 0), area)) is not None
    ]
    return sorted(found, key=lambda proposal: NEAREST.index(proposal.nearness))


def areas_of(viewer: Viewer) -> list[Area]:
    """Return the communities and grids for which the viewer may propose somebody."""
    here = Area.objects.annotate(leaf_id=F("pk")).filter(visible(viewer, "member.see"))
    grids = Q(level__in=SERVED, pk__in=in_force().values("area"))
    found = here.filter(grids | Q(kind=Area.Kind.DIVISION, level="community"))
    return list(found.select_related("community").order_by("community__sort_key", "code"))


def pool(reach: Iterable[int]) -> QuerySet[Member]:
    """Return the reserve pool of some organisations, who has been confirmed for longest first."""
    ready = Member.objects.filter(organisation__in=list(reach), state=Member.State.CONFIRMED, ready=True)
    return ready.order_by("confirmed_at", "key")


def _nearness(grid: Area | None, area: Area) -> Nearness | None:
    if grid is None:
        return None
    if grid.pk == area.pk:
        return "grid"
    if area.community_id and grid.community_id == area.community_id:
        return "community"
    return "street" if area.street_id and grid.street_id == area.street_id else None
