"""Put a division plan into force: areas, versions of grids and the doors in them (R3, R5, R7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.utils.translation import gettext as _

from shige.division import Division, Grid, Piece
from shige.division.pieces import read_part
from shige.trust.commands import record
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.queries import today

from ...computation.basis import basis_of, communities_in, latest_placements, latest_versions
from ...computation.outcome import read_again
from ...deferred import tiles_later
from ...facts import GridDecided, PlanDecided
from ...intake.commands.divisions import sort_key
from ...lineage import lineage_of, lineage_of_version
from ...models import Area, Building, GridVersion, Placement, Plan, PlanNote, TileSet
from ...shapes import box_of, wkb
from .force import bring_into_force
from .steps import note_on, open_plan, take_step
from .submission import tell_affected, tell_submitter


@dataclass(frozen=True, slots=True)
class Placed:
    """Where doors lie: entrances and floors of a building, and the leaf grid that holds them."""

    building: int
    leaf: int
    entrances: tuple[int, int | None]
    floors: tuple[int, int | None]


@transaction.atomic
def decide_plan(viewer: Viewer, plan: Plan, effective_on: date) -> Plan:
    """Decide a plan: from ``effective_on`` its grids hold, and those that they replace end.

    Grids that the plan leaves as they are keep their version. The first division of a place may be dated
    back, for it writes down grids that are there already; a change of grids may not.

    Raises
    ------
    ValidationError
        The plan is not open, was computed from buildings or grids that have changed since, or its date
        lies before today or before the grids that it replaces.
    """
    plan = open_plan(viewer, plan, "decide")
    communities = communities_in(plan.scope)
    list(Area.objects.select_for_update().filter(pk__in=[area.pk for area in communities]).order_by("pk"))
    check_basis(plan)
    versions = latest_versions(communities)
    check_date(effective_on, versions)
    division = read_again(plan.outcome)
    areas = areas_of(division, {area.code: area for area in communities})
    affected = change_versions(viewer, plan, division, areas, versions, effective_on)
    change_placements(division, areas, latest_placements(communities), effective_on)
    plan.effective_on = effective_on
    take_step(plan, "decide", ["effective_on"])
    fact = PlanDecided(effective_on=effective_on.isoformat())
    record(viewer, "plan.decided", "plan", plan.pk, plan.version, lineage_of(plan.scope), fact)
    note_on(viewer, plan, PlanNote.Kind.DECIDED, effective_on=effective_on.isoformat())
    tell_submitter("plan.decided", plan)
    tell_affected(plan, affected)
    bring_into_force()
    tiles_later(TileSet.Kind.GRIDS)
    return plan


def check_basis(plan: Plan) -> None:
    """Refuse a plan that was computed from another state than today's."""
    if basis_of(plan.scope).digest != bytes(plan.basis):
        raise ValidationError(
            _("Buildings or grids have changed since this plan was computed; propose again.")
        )


def check_date(effective_on: date, versions: Iterable[GridVersion]) -> None:
    """Refuse a date before today or before the grids that are replaced."""
    begun = [version.valid.lower for version in versions]
    if begun and effective_on < today():
        raise ValidationError(_("Grids can change from today on, not before."))
    if begun and effective_on <= max(begun):
        told = {"date": max(begun).isoformat()}
        raise ValidationError(_("The grids there hold from %(date)s; choose a later day.") % told)


def areas_of(division: Division, communities: Mapping[str, Area]) -> dict[str, Area]:
    """Return the area of each grid by code; new codes get a row, known ones stay as they are for now."""
    known = Area.objects.in_bulk([grid.code for grid in division.grids], field_name="code")
    fresh = [
        new_grid(grid, spoken_name(grid, community), community)
        for grid in division.grids
        if grid.code not in known and (community := communities[grid.code[:12]])
    ]
    made = {area.code: area for area in Area.objects.bulk_create(fresh, 1000)}
    areas = known | made
    for grid in division.grids:
        if grid.code in made:
            set_ancestors(made[grid.code], parent_of(grid, areas, communities))
    Area.objects.bulk_update(made.values(), ["parent", "general"], batch_size=500)
    return areas


def new_grid(grid: Grid, name: str, community: Area) -> Area:
    """Return the area of a new grid, not yet saved, without its parent."""
    return Area(
        kind=Area.Kind.GRID,
        level=grid.level,
        code=grid.code,
        name=name,
        sort_key=sort_key(name),
        rural=community.rural,
        district_id=community.district_id,
        street_id=community.street_id,
        community=community,
    )


def set_ancestors(area: Area, parent: Area) -> None:
    """Hang a grid under its parent."""
    area.parent = parent
    area.general_id = area.pk if area.level == Area.Level.GENERAL else None
    if parent.level == Area.Level.GENERAL:
        area.general_id = parent.pk


def spoken_name(grid: Grid, community: Area) -> str:
    """Return the grid's name; a community grid bears its community's name instead of the code."""
    if grid.level != "community":
        return grid.name[:80]
    return profile().grids.names.community.format(place=community.name, number=1)[:80]


def parent_of(grid: Grid, areas: Mapping[str, Area], communities: Mapping[str, Area]) -> Area:
    """Return what holds a grid; the community itself holds its community grid (R1)."""
    return areas[grid.parent] if grid.parent else communities[grid.code[:12]]


def change_versions(
    viewer: Viewer,
    plan: Plan,
    division: Division,
    areas: Mapping[str, Area],
    before: Iterable[GridVersion],
    effective_on: date,
) -> set[int]:
    """End the versions that change or go, begin the new ones, and note each grid in the journal.

    Returns the areas of the grids below the community that change or go.
    """
    communities = {area.code: area for area in communities_in(plan.scope)}
    held = {version.area_id: version for version in before}
    wanted = versions_of(plan, division, areas, communities, effective_on)
    changed = [new for new in wanted if new.area_id not in held or not same_grid(held[new.area_id], new)]
    kept = {new.area_id for new in wanted} - {new.area_id for new in changed}
    ended = [version for pk, version in held.items() if pk not in kept]
    for version in ended:
        version.valid = DateRange(version.valid.lower, effective_on)
    GridVersion.objects.bulk_update(ended, ["valid"], batch_size=500)
    GridVersion.objects.bulk_create(changed, 500)
    renewed = {new.area_id for new in changed}
    note(viewer, plan, [version for version in ended if version.area_id not in renewed], "grid.closed")
    note(viewer, plan, [new for new in changed if new.area_id in held], "grid.changed")
    note(viewer, plan, [new for new in changed if new.area_id not in held], "grid.opened")
    return {version.area_id for version in ended if version.level != Area.Level.COMMUNITY}


def versions_of(
    plan: Plan,
    division: Division,
    areas: Mapping[str, Area],
    communities: Mapping[str, Area],
    effective_on: date,
) -> list[GridVersion]:
    """Return the versions, not yet saved, that a division asks for."""
    broken: dict[str, list[dict[str, Any]]] = {}
    for found in division.violations:
        broken.setdefault(found.grid, []).append(
            {
                "rule": found.rule,
                "value": found.value,
                "limit": found.limit,
                "why": found.why,
                "cause": found.cause,
                "details": dict(found.details),
            }
        )
    return [
        GridVersion(
            area=areas[grid.code],
            plan=plan,
            parent=parent_of(grid, areas, communities),
            community=communities[grid.code[:12]],
            level=grid.level,
            name=spoken_name(grid, communities[grid.code[:12]]),
            valid=DateRange(effective_on, None),
            households=grid.households,
            shops=grid.shops,
            hours=grid.hours,
            floors=grid.floors,
            broken=broken.get(grid.code, []),
            shape=wkb(grid.geometry),
            box=box_of(grid.geometry),
        )
        for grid in division.grids
    ]


def same_grid(old: GridVersion, new: GridVersion) -> bool:
    """Say whether a new version would say what the old one says."""
    plain = ("parent_id", "households", "shops", "hours", "floors", "broken")
    same = bytes(old.shape) == bytes(new.shape) and old.called == new.called
    return same and all(getattr(old, c) == getattr(new, c) for c in plain)


def note(viewer: Viewer, plan: Plan, versions: Iterable[GridVersion], verb: str) -> None:
    """Write one journal entry for each grid."""
    listed = list(versions)
    for version in listed:
        version.area.version += 1
        area, place = version.area, lineage_of_version(version)
        fact = GridDecided(plan=plan.pk, households=version.households, code=area.code)
        record(viewer, verb, "grid", area.pk, area.version, place, fact)
    Area.objects.bulk_update([version.area for version in listed], ["version"], batch_size=500)


def change_placements(
    division: Division, areas: Mapping[str, Area], before: Iterable[Placement], effective_on: date
) -> None:
    """End the placements of doors that move, and place them anew."""
    houses = dict(
        Building.objects.filter(unit__in={piece.unit for piece in division.pieces}).values_list("unit", "pk")
    )
    wanted = {placed(piece, houses[piece.unit], areas[piece.leaf].pk) for piece in division.pieces}
    held = {placed_before(placement): placement for placement in before}
    ended = [placement for place, placement in held.items() if place not in wanted]
    for placement in ended:
        placement.valid = DateRange(placement.valid.lower, effective_on)
    Placement.objects.bulk_update(ended, ["valid"], batch_size=500)
    Placement.objects.bulk_create(
        (
            Placement(
                building_id=place.building,
                leaf_id=place.leaf,
                entrances=NumericRange(*place.entrances),
                floors=NumericRange(*place.floors),
                valid=DateRange(effective_on, None),
            )
            for place in sorted(wanted - set(held), key=lambda place: (place.building, place.leaf))
        ),
        1000,
    )


def placed(piece: Piece, building: int, leaf: int) -> Placed:
    """Return where a piece lies; a whole building also holds entrances and floors that it gains later."""
    entrance, low, high = read_part(piece.part) or (0, 0, 0)
    entrances = (entrance, entrance + 1) if entrance else (1, None)
    return Placed(building, leaf, entrances, (low, high + 1) if high else (1, None))


def placed_before(placement: Placement) -> Placed:
    """Return where a stored placement lies."""
    entrances, floors = placement.entrances, placement.floors
    return Placed(
        placement.building_id,
        placement.leaf_id,
        (entrances.lower, entrances.upper),
        (floors.lower, floors.upper),
    )
