"""Say why a grid breaks a rule: proved where it can be, else that nothing better was found (R6)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from shige.profile.grids import GridRules

from .areas import doors_of
from .drafts import GridDraft
from .proofs import Evidence, why_across, why_out_of_bounds
from .rules import COUNTED, Details, violation
from .site import Site
from .units import Grid, Violation


def explained(found: Violation, evidence: Evidence, members: Sequence[int], rules: GridRules) -> Violation:
    """Give a broken rule its proof, where the map has one.

    Parameters
    ----------
    found
        As `rules.check` tells it, from numbers alone.
    members
        Units of the grid.
    """
    level = "general" if found.details.get("counted") == COUNTED["general"] else "micro"
    bounds = rules.general if level == "general" else rules.micro
    if found.cause == "size_found":
        proof = why_out_of_bounds(evidence, members, int(found.value), bounds)
    elif found.cause == "across_found":
        proof = why_across(evidence, members, int(found.value), bounds)
    else:
        return found
    if proof is None:
        return found
    cause, details = proof
    said: Details = {"low": bounds.low, "high": bounds.high, "counted": COUNTED[level]}
    said |= {name: found.details[name] for name in ("barriers",) if name in found.details}
    return violation(found.grid, found.rule, found.value, found.limit, cause, **{**said, **details})


def home_parts(grid: Grid, community: Grid) -> int:
    """How many parts a community lies in, if each part of a grid's ground lies in another of them, else 1."""
    home, parts = (shapely.get_parts(one.geometry) for one in (community, grid))
    inner = shapely.point_on_surface(parts)
    here = np.flatnonzero([shapely.contains(ground, inner).any() for ground in home])
    return len(home) if len(here) == len(parts) > 1 else 1


def on_ground(grid: Grid, site: Site, draft: GridDraft) -> tuple[tuple[int, str], ...]:
    """What the level counts on each part of a grid's ground, or of its neighbours where it is not drawn.

    Returns
    -------
    The count and the first unit of each part ("" where there is none), largest first.
    """
    grounds = shapely.get_parts(grid.geometry)
    units = np.array([held.unit for held in draft.holdings], dtype=np.int64)
    part, count = np.zeros(len(units), dtype=np.int64), len(grounds)
    if grid.geometry.is_empty:
        part = site.clusters(units)
        count = int(part.max()) + 1
    elif count > 1:
        doors = doors_of(np.array([site.units[k].geometry for k in units], dtype=object))
        part = np.array([int(np.argmax(shapely.contains_xy(grounds, *door))) for door in doors])
    shops = draft.level == "micro"
    sizes, first = [0] * count, [""] * count
    for held, number in zip(draft.holdings, part.tolist(), strict=True):
        sizes[number] += held.households + held.shops * shops
        first[number] = first[number] or site.units[held.unit].id
    return tuple(sorted(zip(sizes, first, strict=True), reverse=True))
