"""What an import would do, before it does it."""

from dataclasses import dataclass

from shige.trust.gate import Viewer, require

from ..buildings import PLAIN
from ..models import Area, Building
from ..reading import Ground


@dataclass(frozen=True, slots=True)
class CommunityCount:
    """Buildings and doors that an import brings to one community; ``name`` is empty where it is new."""

    code: str
    name: str
    buildings: int
    households: int
    shops: int


@dataclass(frozen=True, slots=True)
class Preview:
    """New, changed and unchanged buildings of an import, and what it brings to each community.

    ``kept`` counts the buildings of these communities that the file does not name: they stay.
    """

    added: int
    changed: int
    unchanged: int
    kept: int
    features: int
    communities: tuple[CommunityCount, ...]


def preview_units(viewer: Viewer, ground: Ground) -> Preview:
    """Compare an import with the database; nothing is saved."""
    require(viewer, "territory.import")
    known = {
        house.unit: house
        for house in Building.objects.filter(unit__in=[unit.id for unit in ground.units]).defer(
            "words", "shape"
        )
    }
    names = dict(
        Area.objects.filter(code__in={unit.community for unit in ground.units}).values_list("code", "name")
    )
    same = sum(
        unit.id in known and all(getattr(known[unit.id], c) == getattr(unit, c) for c in PLAIN)
        for unit in ground.units
    )
    here = Building.objects.filter(community__code__in=names).count()
    return Preview(
        added=len(ground.units) - len(known),
        changed=len(known) - same,
        unchanged=same,
        kept=max(here - len(known), 0),
        features=len(ground.features),
        communities=tuple(by_community(ground, names)),
    )


def by_community(ground: Ground, names: dict[str, str]) -> list[CommunityCount]:
    """Add up what each community gets."""
    counts: dict[str, list[int]] = {}
    for unit in ground.units:
        held = counts.setdefault(unit.community, [0, 0, 0])
        held[0] += 1
        held[1] += unit.households
        held[2] += unit.shops
    return [CommunityCount(code, names.get(code, ""), *held) for code, held in sorted(counts.items())]
