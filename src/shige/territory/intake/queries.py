"""What an import would do, before it does it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from shige.division.units import Unit
from shige.tables.headers import KIND
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import profile

from ..buildings import OPTIONAL, PLAIN
from ..models import Area, Building
from .ground import ImportedGround


@dataclass(frozen=True, slots=True)
class CommunityCount:
    """What an import brings to one community; ``name`` is empty where it is new.

    ``extra`` has what the optional columns of the file add up to; of minutes, the buildings that have them.
    """

    code: str
    name: str
    buildings: int
    households: int
    shops: int
    extra: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """New, changed and unchanged buildings of an import, and what it brings to each community.

    ``kept`` counts the buildings of these communities that the file does not name: they stay. ``moving`` has
    for two communities how many known buildings would go from the first to the second.
    """

    added: int
    changed: int
    unchanged: int
    kept: int
    features: int
    communities: tuple[CommunityCount, ...]
    extra: tuple[str, ...]
    moving: tuple[tuple[str, str, int], ...] = ()

    def lines(self) -> list[str]:
        """Return what else should be known before all of it is saved."""
        said = ngettext(
            "%(count)d known building would move from %(before)s to %(after)s: please check its id.",
            "%(count)d known buildings would move from %(before)s to %(after)s: please check their ids.",
            sum(count for *_communities, count in self.moving),
        )
        return [
            said % {"before": before, "after": after, "count": count} for before, after, count in self.moving
        ]


def preview_units(viewer: Viewer, ground: ImportedGround) -> Preview:
    """Compare an import with the database; nothing is saved."""
    require(viewer, "territory.import")
    known = {
        house.unit: house
        for house in Building.objects.filter(unit__in=[unit.id for unit in ground.units])
        .select_related("community")
        .defer("shape")
    }
    names = dict(
        Area.objects.filter(code__in={unit.community for unit in ground.units}).values_list("code", "name")
    )
    kinds = [f"{KIND}{kind.code}" for kind in profile().grids.kinds]
    said = tuple(column for column in (*OPTIONAL, *kinds) if column not in ground.unsaid)
    same = sum(
        unit.id in known and all(value_of(known[unit.id], c) == value_of(unit, c) for c in (*PLAIN, *said))
        for unit in ground.units
    )
    moving = Counter(
        (called(known[unit.id].community), names.get(unit.community) or unit.community)
        for unit in ground.units
        if unit.id in known and known[unit.id].community.code != unit.community
    )
    here = Building.objects.filter(community__code__in=names).count()
    return Preview(
        added=len(ground.units) - len(known),
        changed=len(known) - same,
        unchanged=same,
        kept=max(here - len(known), 0),
        features=len(ground.features),
        communities=tuple(by_community(ground, names, said)),
        extra=said,
        moving=tuple((*communities, count) for communities, count in sorted(moving.items())),
    )


def called(community: Area) -> str:
    """Return the name of a community with its code, where the name is not the code."""
    return community.name if community.name == community.code else f"{community.name} {community.code}"


def by_community(
    ground: ImportedGround, names: dict[str, str], said: tuple[str, ...]
) -> list[CommunityCount]:
    """Add up what each community gets."""
    held: dict[str, list[Unit]] = {}
    for unit in ground.units:
        held.setdefault(unit.community, []).append(unit)
    return [
        CommunityCount(
            code=code,
            name=names.get(code, ""),
            buildings=len(units),
            households=sum(unit.households for unit in units),
            shops=sum(unit.shops for unit in units),
            extra=tuple(added(units, column) for column in said),
        )
        for code, units in sorted(held.items())
    ]


def added(units: list[Unit], column: str) -> float:
    """Add an optional column up; minutes at a door are no sum, so the buildings that have them count."""
    values: list[float] = [value_of(unit, column) for unit in units]
    return sum(value > 0 for value in values) if column == "minutes" else round(sum(values), 1)


def value_of(house: Unit | Building, column: str) -> Any:
    """Return what stands in a column of a building, of a kind of residents their number."""
    if column.startswith(KIND):
        return dict(house.kinds).get(column.removeprefix(KIND), 0)
    return getattr(house, column)
