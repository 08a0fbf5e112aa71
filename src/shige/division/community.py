"""Divide one community by itself: plan, codes, ground, hours, names and broken rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shige.division.drafts import GridDraft, drafts_of
from shige.division.grounds import grounds
from shige.division.layout import atoms_in, doors_in, in_force
from shige.division.pieces import read_part, spread
from shige.division.proofs import Evidence
from shige.division.rounds import Round, rounds
from shige.division.rules import Facts, Whole, check, violation
from shige.division.site import Site, lay_out
from shige.division.units import Barrier, Grid, Piece, Unit, Violation, Wishes
from shige.division.walls import broken_walls
from shige.profile.grids import GridRules

from .codes import by_unit, code_of, coded
from .community_plan import Plan, is_rural, plan
from .explanation import explained, home_parts, on_ground
from .names import names
from .wishes import Asked, asked, unknown_locks, unmet


@dataclass(frozen=True, slots=True)
class CommunityTask:
    """One community to divide.

    Attributes
    ----------
    area
        Degrees; holds the door of every unit.
    barriers, roads
        Those that a grid should not cross, and all others; borders follow both.
    previous, serial
        The pieces in force here, and the highest serial ever given.
    remarks
        What is already known to be wrong with the community's area, for its grid ("" as yet).
    wishes
        Those of the whole division; what names nothing here does not matter here.
    """

    code: str
    units: Sequence[Unit]
    area: BaseGeometry
    barriers: Sequence[Barrier]
    roads: Sequence[Barrier]
    rules: GridRules
    previous: Sequence[Piece]
    serial: int
    remarks: Sequence[Violation]
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Share:
    """One community's share of the division; `rounds` are those of its micro-grids."""

    pieces: list[Piece]
    grids: list[Grid]
    violations: list[Violation]
    serial: int
    moved_households: int
    rounds: Sequence[Round] = ()


def divide_community(task: CommunityTask) -> Share:
    """Divide one community; the same task always gives the same share."""
    if not task.units:
        return _bare(task)
    site = lay_out(task.units, task.barriers, task.roads)
    old = by_unit(task.previous)
    planned, wished = _planned(site, task, old)
    drafts = drafts_of(site, planned)
    given = coded(task.code, drafts, site, old, task.serial)
    grids, violations, walked = judged(task, site, drafts, given.codes)
    if planned is not None and wished is not None:
        micros = [code for code, draft in zip(given.codes, drafts, strict=True) if draft.level == "micro"]
        violations += _unmet(site, task, old, planned, wished, micros, given.codes[0])
        violations.sort(key=lambda found: found.grid)
    return Share(
        _pieces(drafts, given.codes, site), grids, violations, given.serial, given.moved_households, walked
    )


def judged(
    task: CommunityTask,
    site: Site,
    drafts: Sequence[GridDraft],
    codes: Sequence[str],
    *,
    polygons: bool = True,
) -> tuple[list[Grid], list[Violation], list[Round]]:
    """Measure, draw and name drafted grids, and say which rules they break; both in the order of the codes.

    Without polygons the grids have an empty one, and are in as many parts as their buildings are. The rounds
    are those of the micro-grids.
    """
    walked = rounds(drafts, site, task.rules)
    lines = [*task.barriers, *task.roads]
    shapes, floors = grounds(drafts, site, task.area if polygons else None, lines)
    spoken = names(task.code, drafts, site.units, codes, task.rules)
    grids = [
        Grid(
            codes[k], spoken[k], draft.level, codes[draft.parent] if k else "",
            draft.households, draft.shops, round(walked[k].hours(task.rules), 3), shapes[k], floors[k],
        )
        for k, draft in enumerate(drafts)
    ]  # fmt: skip
    violations = list(_violations(drafts, grids, walked, site, task))
    grids.sort(key=lambda grid: grid.code)
    violations.sort(key=lambda found: found.grid)
    return grids, violations, [way for way, d in zip(walked, drafts, strict=True) if d.level == "micro"]


def _planned(
    site: Site, task: CommunityTask, old: Mapping[str, Sequence[Piece]]
) -> tuple[Plan, Asked] | tuple[None, None]:
    """The plan and what was asked of it; nothing where every unit has a managing body."""
    atoms = atoms_in(site, task.rules, old)
    if not atoms:
        return None, None
    nobody = np.empty((0, 2), dtype=np.int64)
    doors = doors_in(site, atoms, task.rules, *in_force(site, atoms, old), nobody)
    wished = asked(site, atoms, doors, old, task.wishes, task.rules.micro.high)
    doors = replace(doors, foes=wished.foes)
    return plan(site, atoms, doors, task.rules, wished.together, wished.locked), wished


def _unmet(
    site: Site, task: CommunityTask, old: Mapping[str, Sequence[Piece]], planned: Plan, wished: Asked,
    micros: Sequence[str], whole: str,
) -> Iterator[Violation]:  # fmt: skip
    """Walls that could not be kept, and wishes that were refused or could not be."""
    numbers = [
        micro for _, micro in sorted(set(zip(planned.general.tolist(), planned.micro.tolist(), strict=True)))
    ]
    code_of_number = [code for _, code in sorted(zip(numbers, micros, strict=True))]
    if task.rules.style == "streets":
        yield from broken_walls(site, planned, task.rules, code_of_number)
    yield from unmet(site, planned, wished.foes, task.wishes, code_of_number)
    for refused in [*wished.refused, *unknown_locks(task.wishes, old, task.code)]:
        yield replace(refused, grid=whole)


def _bare(task: CommunityTask) -> Share:
    """A community without a building: its own grid alone (R1)."""
    old = next((piece.community for piece in task.previous), "")
    serial = task.serial if old else task.serial + 1
    code = old or code_of(task.code, "community", serial)
    draft = GridDraft("community", -1)
    grid = Grid(
        code, names(task.code, [draft], (), [code], task.rules)[0], "community", "", 0, 0, 0.0, task.area
    )
    remarks = [replace(remark, grid=code) for remark in task.remarks]
    return Share([], [grid], [*remarks, violation(code, "buildings", 0, 1, "no_building")], serial, 0)


def _pieces(drafts: Sequence[GridDraft], codes: Sequence[str], site: Site) -> list[Piece]:
    """Rows of the assignment, in the order of the units and of their entrances and floors."""
    rows: list[tuple[int, tuple[int, int, int] | None, Piece]] = []
    for code, draft in zip(codes, drafts, strict=True):
        if draft.leaf:
            general = codes[draft.parent] if draft.level == "micro" else ""
            leaf = (code, "") if draft.level == "micro" else ("", code)
            for held in draft.holdings:
                piece = Piece(
                    site.units[held.unit].id, held.part, held.households, held.shops, codes[0], general, *leaf
                )
                rows.append((held.unit, read_part(held.part), piece))
    rows.sort(key=lambda row: row[:2])
    return [piece for _, _, piece in rows]


def _violations(
    drafts: Sequence[GridDraft],
    grids: Sequence[Grid],
    walked: Sequence[Round],
    site: Site,
    task: CommunityTask,
) -> Iterator[Violation]:
    yield from (replace(remark, grid=grids[0].code) for remark in task.remarks)
    loads = {level: _load(site, level) for level in ("general", "micro")}
    whole = Whole(
        households=int(loads["general"].size.sum()),
        doors=int(loads["micro"].size.sum()),
        by_group=is_rural(site, task.rules),
    )
    high = task.rules.micro.high
    evidence = {level: Evidence(site, load.size, high) for level, load in loads.items()}
    for draft, grid, way in zip(drafts, grids, walked, strict=True):
        if draft.level in loads:
            upper = draft if draft.level == "general" else drafts[draft.parent]
            facts = _facts(draft, grid, way, upper, site, task, loads[draft.level])
            facts = replace(facts, home=home_parts(grid, grids[0]))
            for found in check(facts, whole, task.rules):
                yield explained(found, evidence[draft.level], draft.members, task.rules)


@dataclass(frozen=True, slots=True)
class _Load:
    """What a level counts, in each unit outside exclusive grids and on its fullest floor of one entrance."""

    size: NDArray[np.int64]
    fullest: NDArray[np.int64]


def _load(site: Site, level: str) -> _Load:
    """Count doors for micro-grids and households for general grids."""
    size = np.zeros(len(site.units), dtype=np.int64)
    fullest = np.zeros_like(size)
    for k in site.ordinary:
        households, shops = spread(site.units[k])
        cells = households + shops if level == "micro" else households
        size[k], fullest[k] = cells.sum(), cells.max()
    return _Load(size, fullest)


def _facts(
    draft: GridDraft, grid: Grid, way: Round, upper: GridDraft, site: Site, task: CommunityTask, load: _Load
) -> Facts:
    members = np.array(draft.members, dtype=np.int64)
    sides, kinds = site.parts(members)
    held = on_ground(grid, site, draft)
    heaviest = members[int(load.fullest[members].argmax())]
    return Facts(
        code=grid.code,
        level=draft.level,
        households=draft.households,
        doors=draft.households + draft.shops,
        buildings=len(members),
        hours=round(way.hours(task.rules, task.rules.aim_task, task.rules.aim_people), 3),
        metres=way.metres,
        parts=max(sides, len(held)),
        held=held,
        barriers=kinds,
        above=upper.households + upper.shops,
        heaviest=(site.units[heaviest].id, int(load.fullest[heaviest])),
        locked=grid.code in task.wishes.locked,
    )
