"""Import buildings, roads and outlines: all or nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from shige.division.units import Unit
from shige.tables.headers import KIND
from shige.trust.commands import record
from shige.trust.gate import Viewer, require

from ...buildings import OPTIONAL, PLAIN, building_of, content_of, counts_of, doors_of
from ...deferred import tiles_later
from ...facts import GroundImported
from ...lineage import lineage_of
from ...models import Area, Building, Compound, Door, Feature, Outline, TileSet
from ...places import index_buildings, index_landmarks
from ...shapes import box_of, wkb
from ..ground import MapFeature
from .divisions import make_divisions

CHANGED_BY_IMPORT = ("community", "compound", *PLAIN, *OPTIONAL, "kinds", "shape", "box", "lon", "lat")


@dataclass(frozen=True, slots=True)
class UnitsImported:
    """How many buildings an import added, changed, and found as they were; how many doors it made."""

    added: int
    changed: int
    unchanged: int
    doors: int


@transaction.atomic
def import_units(
    viewer: Viewer,
    units: Sequence[Unit],
    features: Iterable[MapFeature] = (),
    areas: Mapping[str, BaseGeometry] | None = None,
    unsaid: Collection[str] = (),
) -> UnitsImported:
    """Save buildings with their doors, what lies between them, and the outlines of communities.

    A building that is known by its id gets what the file says; buildings that the file does not name
    stay. Roads and other features replace those that an earlier import of the street brought, kind by
    kind. Communities that the tree of divisions lacks are made from their codes. Grids stay as they are
    until a plan is decided.

    Parameters
    ----------
    unsaid
        Optional columns that the file does not have: known buildings keep what they have.

    Raises
    ------
    ValidationError
        Two units have one id.
    PermissionDenied
        A community, or a building's community until now, lies outside the viewer's area.
    """
    if len({unit.id for unit in units}) < len(units):
        raise ValidationError(_("Two buildings of the import have the same id."))
    communities = communities_of(units, areas or {})
    for area in communities.values():
        require(viewer, "territory.import", lineage_of(area))
    result = save_buildings(viewer, units, communities, unsaid)
    save_outlines(areas or {}, communities)
    save_features(features, streets_of(units, communities))
    index_landmarks()
    note(viewer, communities, units)
    tiles_later(TileSet.Kind.BASE)
    return result


def communities_of(units: Iterable[Unit], areas: Mapping[str, BaseGeometry]) -> dict[str, Area]:
    """Return the communities that an import names, by code, each under its row's lock."""
    rural = {unit.community for unit in units if unit.rural}
    codes = {unit.community for unit in units} | set(areas)
    make_divisions({code: code for code in codes}, rural)
    return {
        area.code: area for area in Area.objects.select_for_update().filter(code__in=codes).order_by("code")
    }


def save_buildings(
    viewer: Viewer, units: Sequence[Unit], communities: Mapping[str, Area], unsaid: Collection[str]
) -> UnitsImported:
    """Add and change buildings, and make the doors anew where their number may have changed."""
    compounds = compounds_of(units, communities)
    known = Building.objects.select_for_update(of=("self",)).select_related("community")
    before = {house.unit: house for house in known.filter(unit__in=[unit.id for unit in units])}
    for area in {house.community for house in before.values()}:
        require(viewer, "territory.import", lineage_of(area))
    wanted = {}
    for unit in units:
        community = communities[unit.community].pk
        wanted[unit.id] = building_of(unit, community, compounds.get((community, unit.compound)))
    for name, house in before.items():
        for column in unsaid:
            if column in OPTIONAL:
                setattr(wanted[name], column, getattr(house, column))
        stay = {code: count for code, count in house.kinds.items() if f"{KIND}{code}" in unsaid}
        wanted[name].kinds = {**stay, **wanted[name].kinds}
    differing = [
        house
        for house in wanted.values()
        if house.unit not in before or content_of(house) != content_of(before[house.unit])
    ]
    Building.objects.bulk_create(
        differing, 500, update_conflicts=True, unique_fields=["unit"], update_fields=CHANGED_BY_IMPORT
    )
    doors = make_doors(units, before, differing)
    index_buildings([house.pk for house in differing])
    added = sum(house.unit not in before for house in differing)
    return UnitsImported(added, len(differing) - added, len(units) - len(differing), doors)


def make_doors(units: Iterable[Unit], before: Mapping[str, Building], saved: Iterable[Building]) -> int:
    """Make the doors of new buildings and of those whose counts changed; return how many."""
    by_id = {unit.id: unit for unit in units}
    stale = {
        house.unit: house
        for house in saved
        if house.unit not in before or counts_of(house) != counts_of(before[house.unit])
    }
    Door.objects.filter(building__in=[house.pk for house in stale.values()]).delete()
    doors = chain.from_iterable(doors_of(house, by_id[name]) for name, house in stale.items())
    return len(Door.objects.bulk_create(doors, 5000))


def compounds_of(units: Iterable[Unit], communities: Mapping[str, Area]) -> dict[tuple[int, str], int]:
    """Return the compounds that the units name, by community and name, made where they are new."""
    named = {(communities[unit.community].pk, unit.compound) for unit in units if unit.compound}
    Compound.objects.bulk_create(
        (Compound(community_id=community, name=name) for community, name in sorted(named)),
        ignore_conflicts=True,
    )
    held = Compound.objects.filter(community__in={community for community, _ in named})
    return {(compound.community_id, compound.name): compound.pk for compound in held}


def save_outlines(areas: Mapping[str, BaseGeometry], communities: Mapping[str, Area]) -> None:
    """Keep the ground of each community."""
    Outline.objects.bulk_create(
        (Outline(area=communities[code], shape=wkb(area), box=box_of(area)) for code, area in areas.items()),
        update_conflicts=True,
        unique_fields=["area"],
        update_fields=["shape", "box"],
    )


def streets_of(units: Iterable[Unit], communities: Mapping[str, Area]) -> list[int]:
    """Return the streets of an import, the one with most buildings first."""
    counts: dict[int, int] = {}
    for unit in units:
        street = communities[unit.community].street_id
        counts[street] = counts.get(street, 0) + 1  # type: ignore[index,arg-type]
    return sorted(counts, key=lambda street: -counts[street])


def save_features(features: Iterable[MapFeature], streets: Collection[int]) -> None:
    """Replace what earlier imports of these streets brought of the same kinds."""
    listed = list(features)
    if not listed or not streets:
        return
    Feature.objects.filter(street__in=streets, kind__in={feature.kind for feature in listed}).delete()
    street = next(iter(streets))
    Feature.objects.bulk_create(
        (
            Feature(
                kind=feature.kind,
                grade=feature.grade,
                name=feature.name,
                width=feature.width,
                street_id=street,
                shape=wkb(feature.geometry),
                box=box_of(feature.geometry),
            )
            for feature in listed
        ),
        1000,
    )


def note(viewer: Viewer, communities: Mapping[str, Area], units: Iterable[Unit]) -> None:
    """Write one journal entry for each community whose ground changed."""
    counts: dict[str, int] = dict.fromkeys(communities, 0)
    for unit in units:
        counts[unit.community] += 1
    for code, area in communities.items():
        area.version += 1
        fact = GroundImported(buildings=counts[code])
        record(viewer, "ground.imported", "area", area.pk, area.version, lineage_of(area), fact)
    Area.objects.bulk_update(communities.values(), ["version"])
