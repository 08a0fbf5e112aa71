"""Oversized compounds (超大小区): those that span general grids or communities, each as one (R45)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.http import Http404

from shige.trust.gate import Viewer, require
from shige.trust.queries import today

from ...buildings import unit_of
from ...computation.basis import doors_in, part_of
from ...models import Area, Building, Compound, Placement
from .people import Team, teams_of

SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Large:
    """A compound of one name in one street; ``pk`` is that of one of its communities' parts."""

    pk: int
    name: str
    street: str
    communities: int
    generals: int
    leaves: int
    buildings: int
    households: int


@dataclass(frozen=True, slots=True)
class Part:
    """What of a compound lies in one grid of the lowest level."""

    grid: Area
    community: str
    general: str
    buildings: int
    households: int
    shops: int
    teams: tuple[Team, ...]


@dataclass(frozen=True, slots=True)
class CompoundView:
    """A whole compound, grid by grid."""

    name: str
    compounds: tuple[int, ...]
    buildings: int
    households: int
    shops: int
    communities: int
    parts: tuple[Part, ...]


def reach(viewer: Viewer) -> Q:
    """Return the filter on buildings that leaves those of the streets or districts where one works."""
    if viewer.system or any(scope.level in {"province", "city"} for scope in viewer.scopes):
        return Q()
    districts = [scope.area for scope in viewer.scopes if scope.level == Area.Level.DISTRICT]
    streets = Area.objects.filter(pk__in=[scope.area for scope in viewer.scopes]).values("street")
    return Q(community__district__in=districts) | Q(community__street__in=streets)


def large_compounds(viewer: Viewer) -> list[Large]:
    """Return the compounds that span general grids or communities, the largest first. Two statements."""
    require(viewer, "map.see")
    now = Q(placements__valid__contains=today())
    houses = Building.objects.filter(reach(viewer), compound__isnull=False)
    groups = houses.values("community__street", "community__street__name", "compound__name")
    spans = groups.annotate(
        first=Min("compound"),
        communities=Count("community", distinct=True),
        generals=Count("placements__leaf__general", filter=now, distinct=True),
        leaves=Count("placements__leaf", filter=now, distinct=True),
        houses=Count("pk", distinct=True),
    ).filter(Q(generals__gt=1) | Q(communities__gt=1))
    # Summed apart: joined with the placements, a building in several grids would count several times.
    sizes = {
        row["first"]: row["total"] for row in groups.annotate(first=Min("compound"), total=Sum("households"))
    }
    found = [
        Large(
            pk=row["first"],
            name=row["compound__name"],
            street=row["community__street__name"] or "",
            communities=row["communities"],
            generals=row["generals"],
            leaves=row["leaves"],
            buildings=row["houses"],
            households=sizes[row["first"]],
        )
        for row in spans
    ]
    return sorted(found, key=lambda large: (-large.households, large.pk))[:SHOWN]


def compound_view(viewer: Viewer, pk: int) -> CompoundView:
    """Return a whole compound: every part of its name in its street. Six statements.

    Raises
    ------
    Http404
        There is no such compound where the viewer works.
    """
    require(viewer, "map.see")
    named = Compound.objects.filter(pk=pk).select_related("community").first()
    if named is None:
        raise Http404(str(pk))
    houses = Building.objects.filter(
        reach(viewer), compound__name=named.name, community__street=named.community.street_id
    )
    placements = list(
        Placement.objects.filter(building__in=houses, valid__contains=today())
        .select_related("building__community", "building__compound", "leaf__general")
        .order_by("leaf__code", "building__address")
    )
    known = list(houses.values_list("compound_id", "community_id", "households", "shops"))
    if not known:
        raise Http404(str(pk))
    return CompoundView(
        name=named.name,
        compounds=tuple(sorted({row[0] for row in known})),
        buildings=len(known),
        households=sum(row[2] for row in known),
        shops=sum(row[3] for row in known),
        communities=len({row[1] for row in known}),
        parts=tuple(parts_of(placements)),
    )


def buildings_of_compound(pk: int) -> QuerySet[Building]:
    """Return the buildings of a whole compound: of every part of its name in its street."""
    named = Compound.objects.filter(pk=pk)
    return Building.objects.filter(
        compound__name__in=named.values("name"), community__street__in=named.values("community__street")
    )


def parts_of(placements: Iterable[Placement]) -> Iterator[Part]:
    """Yield the grids of placements with what lies in each."""
    held: dict[Area, list[Placement]] = defaultdict(list)
    for placement in placements:
        held[placement.leaf].append(placement)
    teams = teams_of({leaf.pk: leaf.level for leaf in held})
    for leaf, listed in held.items():
        doors = [doors_in(unit_of(placement.building), part_of(placement)) for placement in listed]
        yield Part(
            grid=leaf,
            community=listed[0].building.community.name,
            general=leaf.general.name if leaf.general else "",
            buildings=len({placement.building_id for placement in listed}),
            households=sum(households for households, _ in doors),
            shops=sum(shops for _, shops in doors),
            teams=tuple(teams.get(leaf.pk, ())),
        )
