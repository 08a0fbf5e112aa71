"""What lies in areas: places, grids, posts and matters that one of some areas holds."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from shige.territory.models import Area
from shige.trust.gate import COLUMNS, Lineage

from ..models import Matter

LINE = ("district", "street", "community", "general")


def inside(areas: Collection[int], way: str = "") -> Q:
    """Return the filter of areas, found by ``way``, that are one of ``areas`` or lie in one."""
    found = Q(**{f"{way}pk__in": areas})
    for column in LINE:
        found |= Q(**{f"{way}{column}__in": areas})
    return found


def holding(lineage: Lineage) -> list[int]:
    """Return the ids of the areas that hold a place."""
    line = (lineage.district, lineage.street, lineage.community, lineage.general, lineage.leaf)
    return [pk for pk in line if pk is not None]


def communities_in(areas: Collection[int]) -> QuerySet[Area]:
    """Return the communities that lie in one of ``areas`` or hold one of them."""
    around = Area.objects.filter(pk__in=areas).values("community")
    divisions = Area.objects.filter(level=Area.Level.COMMUNITY, kind=Area.Kind.DIVISION)
    return divisions.filter(inside(areas) | Q(pk__in=around))


def open_to_counting(areas: Collection[int]) -> QuerySet[Matter]:
    """Return the matters in areas that are neither confidential nor sealed (P3), by community.

    Named by their communities as well, so that the index of what came in serves every level of area.
    """
    lying = Q()
    for column in sorted(set(COLUMNS.values())):
        lying |= Q(**{f"{column}__in": areas})
    found = Matter.objects.filter(confidential=False, sealed=0, community__in=communities_in(areas))
    return found.filter(lying)


def within(area: Area) -> Q:
    """Return the filter of the matters whose place lies in an area."""
    column = "leaf" if area.level in ("micro", "exclusive") else str(area.level)
    return Q(**{column: area.pk})
