"""What is proposed for the line of an area: from its gaps and the organisations without a grid (R11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, may, require
from shige.trust.jurisdiction import profile
from shige.trust.queries import today

from ..coverage.findings import FINDINGS, grids_on, loose_on
from ..coverage.places import Place
from ..models import Standing
from ..rules import DEPTH, holds, level_name
from .matching import Act, Step, steps

SAME: Final = {"general": 30.0, "community": 20.0, "street": 10.0}
"""How near it is to lie in the same area of a level."""

HELD: Final = 5.0
"""How much nearer each organisation below makes a grid that holds it."""

NEARER_AT_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change that is proposed, with its reason; whoever decides finds the act's form filled in.

    ``organisation`` and ``into`` are ids, ``names`` what they are called; ``above`` is who would stand above.
    """

    act: Act
    grid: str
    grid_name: str
    level: str
    reason: str
    organisation: int | None = None
    name: str = ""
    into: int | None = None
    into_name: str = ""
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """All that is proposed for a place: how many gaps it closes with how many changes.

    ``promised`` are the gaps beside these that an organisation is to take on a later day.
    """

    place: Place
    gaps: int
    promised: int
    stranded: int
    proposals: tuple[Proposal, ...]


def adjustment(viewer: Viewer, place: Place) -> Adjustment:
    """Return what is proposed where the viewer may edit the line, for the grids in force today.

    Raises
    ------
    PermissionDenied
        The viewer may edit no line at all.
    """
    require(viewer, "redline.edit")
    day = today()
    gap, promised = (FINDINGS[name].filter(day) for name in ("gap", "planned"))
    found = grids_on(viewer, day).filter(place.within(), gap).exclude(promised)
    rows = found.annotate(called=F("held__name")).select_related("community")
    areas = [area for area in rows.order_by("code") if may(viewer, "redline.edit", lineage_of(area))]
    for area in areas:
        area.name = area.called or area.name
    areas.sort(key=lambda area: (DEPTH[area.level], area.code))
    standings = loose_on(viewer, day).filter(place.within("area__"), valid__upper_inf=True)
    loose = [
        row
        for row in standings.select_related("area", "organisation").order_by("area__code", "pk")
        if may(viewer, "redline.edit", lineage_of(row.area))
    ]
    held = held_in(viewer, place, day)
    made = steps_for(areas, loose, held)
    told = tuple(told_of(step, areas, loose, held) for step in made)
    promises = grids_on(viewer, day).filter(place.within(), gap).filter(promised).count()
    return Adjustment(place, len(areas), promises, sum(row.tied for row in loose), told)


def held_in(viewer: Viewer, place: Place, day: date) -> list[Standing]:
    """Return the organisations of a place that oversee a grid in force and stay. One statement."""
    rows = Standing.objects.filter(
        area__in=grids_on(viewer, day).filter(place.within()).values("pk"),
        tied=True,
        valid__contains=day,
        valid__upper_inf=True,
    )
    return list(rows.select_related("area").order_by("area__code", "kind"))


def steps_for(areas: Sequence[Area], loose: Sequence[Standing], held: Sequence[Standing]) -> list[Step]:
    """Return the fewest changes for grids without an organisation and organisations without a grid."""
    below = below_of(loose)
    kinds = kinds_of_levels()
    near = {
        (place, gap): closeness(row, area, below.get(row.organisation_id, ()))
        for place, row in enumerate(loose)
        for gap, area in enumerate(areas)
        if kinds.get(area.level) == row.kind and fits(row, area, below.get(row.organisation_id, ()))
    }
    targets = {
        place: target.organisation_id
        for place, row in enumerate(loose)
        if (target := target_of(row, held, below.get(row.organisation_id, ()))) is not None
    }
    return steps(len(areas), [row.tied for row in loose], near, targets)


def kinds_of_levels() -> Mapping[str, str]:
    """Return the first kind of organisation of each level."""
    return {pair.oversees: pair.code for pair in reversed(profile().redline)}


def below_of(loose: Sequence[Standing]) -> Mapping[int, list[Area]]:
    """Return the areas of what stands directly below each organisation. One statement."""
    keys = [row.organisation_id for row in loose]
    found: dict[int, list[Area]] = {}
    for child in Standing.objects.living().filter(parent__in=keys).select_related("area"):
        found.setdefault(child.parent_id or 0, []).append(child.area)
    return found


def fits(loose: Standing, area: Area, below: Iterable[Area]) -> bool:
    """Say whether an organisation could take a grid: near enough, and all below it would lie in it."""
    near = loose.area.community_id == area.community_id if not loose.tied else True
    return near and loose.area.street_id == area.street_id and all(holds(area, child) for child in below)


def closeness(loose: Standing, area: Area, below: Iterable[Area]) -> float:
    """Say how near a grid is: in the same general grid, else community, and for all that stands below."""
    same = [
        worth
        for level, worth in SAME.items()
        if getattr(loose.area, f"{level}_id") is not None
        and getattr(loose.area, f"{level}_id") == getattr(area, f"{level}_id")
    ]
    return max(same, default=0.0) + HELD * min(len(list(below)), NEARER_AT_MOST)


def target_of(loose: Standing, held: Sequence[Standing], below: Sequence[Area]) -> Standing | None:
    """Return into which organisation one could merge: of its kind nearest by, else the one above it."""
    same = [
        row
        for row in held
        if row.kind == loose.kind
        and row.area.community_id == loose.area.community_id
        and all(holds(row.area, child) for child in below)
    ]
    same.sort(key=lambda row: (-closeness(loose, row.area, ()), row.area.code))
    if same:
        return same[0]
    return next((row for row in held if row.organisation_id == loose.parent_id), None)


def told_of(
    step: Step, areas: Sequence[Area], loose: Sequence[Standing], held: Sequence[Standing]
) -> Proposal:
    """Return a step with its names and its reason."""
    if step.loose is None:
        return _founded(areas[step.gap or 0], held)
    if step.act == "untie":
        return _untied(loose[step.loose])
    if step.gap is None:
        into = next(row for row in held if row.organisation_id == step.into)
        return _merged(loose[step.loose], into)
    return _tied(loose[step.loose], areas[step.gap], held)


def _founded(area: Area, held: Sequence[Standing]) -> Proposal:
    reason = _("It has no organisation, and none without a grid is near.")
    return Proposal("found", area.code, area.name, area.level, reason, above=nearest_above(area, held))


def _tied(body: Standing, area: Area, held: Sequence[Standing]) -> Proposal:
    names = {"name": body.name, "old": body.area.name, "level": level_name(shared_level(body.area, area))}
    ended = _("%(name)s lost its grid %(old)s, in the same area (%(level)s): one change instead of two.")
    free = _("%(name)s has no grid and its seat in the same area (%(level)s).")
    present = next((row for row in held if row.organisation_id == body.parent_id), None)
    stays = present is not None and holds(present.area, area)
    return Proposal(
        "retie", area.code, area.name, area.level, (ended if body.tied else free) % names,
        body.organisation_id, body.name, above=body.parent_id if stays else nearest_above(area, held),
    )  # fmt: skip


def _merged(body: Standing, into: Standing) -> Proposal:
    said = _("Its grid %(grid)s is no longer in force, and every grid near has an organisation.")
    return Proposal(
        "merge", body.area.code, body.area.name, body.area.level, said % {"grid": body.area.name},
        body.organisation_id, body.name, into.organisation_id, into.name,
    )  # fmt: skip


def _untied(body: Standing) -> Proposal:
    said = _("Its grid %(grid)s is no longer in force; no grid near is free, and none of its kind is there.")
    return Proposal(
        "untie", body.area.code, body.area.name, body.area.level, said % {"grid": body.area.name},
        body.organisation_id, body.name, above=body.parent_id,
    )  # fmt: skip


def nearest_above(area: Area, held: Iterable[Standing]) -> int | None:
    """Return the organisation of the nearest area that holds this one."""
    over = [row for row in held if holds(row.area, area)]
    over.sort(key=lambda row: -DEPTH[row.area.level])
    return over[0].organisation_id if over else None


def shared_level(one: Area, other: Area) -> str:
    """Return the lowest level on which two areas lie in the same one."""
    for level in SAME:
        here = getattr(one, f"{level}_id")
        if here is not None and here == getattr(other, f"{level}_id"):
            return level
    return "street"
