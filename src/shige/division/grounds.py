"""The ground of each grid: the lowest grids fill the community, stacked ones share one polygon (R5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from shige.division.areas import Links, fill
from shige.division.drafts import GridDraft
from shige.division.order import blocks
from shige.division.pieces import read_part
from shige.division.site import Site
from shige.division.units import Barrier

_ONE_PLACE = 0.2  # metres; doors nearer than this lie at one place


def grounds(
    drafts: Sequence[GridDraft], site: Site, area: BaseGeometry | None, roads: Sequence[Barrier] = ()
) -> tuple[list[BaseGeometry], list[str]]:
    """Draw the polygon (degrees) of each grid and say which floors it holds, "" where it is alone there.

    Parameters
    ----------
    area
        Of the community, degrees; it holds every door. None: every polygon is empty.
    roads
        Roads, railways and rivers that borders follow where they can.
    """
    leaves = [place for place, draft in enumerate(drafts) if draft.leaf]
    stack_of = dict(zip(leaves, _stacks(drafts, leaves, site).tolist(), strict=True))
    counts = np.bincount(list(stack_of.values()))
    floors = [
        _floors(d, site) if k in stack_of and counts[stack_of[k]] > 1 else "" for k, d in enumerate(drafts)
    ]
    if area is None:
        return [shapely.Polygon()] * len(drafts), floors
    return _drawn(drafts, stack_of, site, area, roads), floors


def _drawn(
    drafts: Sequence[GridDraft],
    stack_of: dict[int, int],
    site: Site,
    area: BaseGeometry,
    roads: Sequence[Barrier],
) -> list[BaseGeometry]:
    leaves = list(stack_of)
    owner = np.zeros(len(site.units), dtype=np.int64)
    for place in leaves:
        owner[drafts[place].members] = stack_of[place]
    region = shapely.transform(area, site.plane.to_metres)
    if not region.is_valid:  # two of its points lay so near to each other that rounding crossed its outline
        region = shapely.buffer(region, 0)
    modest = np.array([unit.exclusive for unit in site.units])
    courses = [shapely.transform(road.geometry, site.plane.to_metres) for road in roads]
    general_of = np.full(int(owner.max()) + 1, -1, dtype=np.int64)
    for place in leaves:
        if drafts[place].level == "micro":
            general_of[stack_of[place]] = drafts[place].parent
    links = Links(site.edges[site.crosses < 0], general_of)
    areas = fill(site.footprints, site.points, owner, region, modest, roads=courses, links=links)
    if any(shape.is_empty for shape in areas):  # by rounding, where lines lie almost on each other
        areas = fill(site.footprints, site.points, owner, region)
    stacks = np.array(areas, dtype=object)
    drawn = [
        _joined(stacks, {stack_of[leaf] for leaf in _below(drafts, k, leaves)}) for k in range(len(drafts))
    ]
    return [shapely.transform(shape, site.plane.to_lonlat) for shape in drawn]


def _stacks(drafts: Sequence[GridDraft], leaves: Sequence[int], site: Site) -> NDArray[np.int64]:
    """Number of the stack of each lowest grid: grids that share a building, or doors at one place."""
    count = len(site.units)
    place = blocks(count, _at_one_place(site.points))
    holds = [(count + row, place[unit]) for row, leaf in enumerate(leaves) for unit in drafts[leaf].members]
    reached = blocks(count + len(leaves), np.array(holds, dtype=np.int64))
    return np.asarray(np.unique(reached[count:], return_inverse=True)[1], dtype=np.int64)


def _at_one_place(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pairs (m, 2) of points that lie at one place, as many as it takes to know."""
    spots, first, spot = np.unique(np.round(points, 2), axis=0, return_index=True, return_inverse=True)
    near = np.asarray(cKDTree(spots).query_pairs(_ONE_PLACE, output_type="ndarray"), dtype=np.int64)
    same = np.column_stack([np.arange(len(points)), first[spot.ravel()]])
    return np.concatenate([same, first[near.reshape(-1, 2)]])


def _below(drafts: Sequence[GridDraft], place: int, leaves: Sequence[int]) -> list[int]:
    """The lowest grids in a grid."""
    level = drafts[place].level
    return list(leaves) if level == "community" else [k for k in leaves if place in (k, drafts[k].parent)]


def _joined(stacks: NDArray[np.object_], numbers: set[int]) -> BaseGeometry:
    chosen = stacks[sorted(numbers)]
    return chosen[0] if len(chosen) == 1 else shapely.coverage_union_all(chosen)


def _floors(draft: GridDraft, site: Site) -> str:
    """Parts that a stacked grid holds, by building where it holds parts of several."""
    parts: dict[str, list[str]] = defaultdict(list)
    for held in draft.holdings:
        if held.part:
            parts[site.units[held.unit].id].append(held.part)
    if not parts:  # whole buildings at the place of others
        return ",".join(f"f1-{floors}" for floors in sorted({site.units[k].floors for k in draft.members}))
    if len(parts) == 1:
        return floors_listed(next(iter(parts.values())))
    return "; ".join(f"{unit} {floors_listed(names)}" for unit, names in sorted(parts.items()))


def floors_listed(parts: Sequence[str]) -> str:
    """List parts, whole entrances side by side as one: "e1-51,e52f1-9"."""
    said: list[str] = []
    first = last = -1
    for part in parts:
        entrance, low, _ = read_part(part) or (0, 0, 0)
        if low:
            said.append(part)
            last = -1
        elif entrance == last + 1 and said:
            said[-1], last = f"e{first}-{entrance}", entrance
        else:
            said.append(part)
            first = last = entrance
    return ",".join(said)
