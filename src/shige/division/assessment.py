"""Judge grids that were drawn by hand by the rules of the engine (R5, R6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from .assignment import drafts_in, faults
from .community import CommunityTask, Share, divide_community, judged
from .measures import metrics
from .nested_grids import tasks_of
from .previous import highest_serials
from .site import lay_out
from .units import Barrier, Division, Grid, Piece, Previous, RulesProfile, Unit

_TOLD = 20  # faults; more would hide the first


def assess(
    units: Sequence[Unit],
    barriers: Sequence[Barrier],
    pieces: Sequence[Piece],
    profile: RulesProfile,
    *,
    areas: Mapping[str, BaseGeometry] | None = None,
    names: Mapping[str, str] | None = None,
    polygons: bool = True,
) -> Division:
    """Say what grids are made of pieces as they are, and which rules they break.

    An unchanged division is judged as `divide` judged it.

    Parameters
    ----------
    units, barriers, profile, areas
        As for `divide`.
    pieces
        Every door once, with the codes of its grids; codes that are new are taken as they are.
    names
        Of grids, by code; the others are named as in a new division.
    polygons
        Whether to draw the grids. Without, every polygon is empty, and whether a grid is in one part is
        read from its buildings alone: fast enough to answer each move of a hand.

    Returns
    -------
    `serials` counts from the codes in the pieces; `moved_households` is None.

    Raises
    ------
    ValueError
        Where the pieces are no assignment of the units; names each row and what is wrong with it.
    """
    wrong = list(faults(units, pieces))
    if wrong:
        more = [f"and {len(wrong) - _TOLD} more"] if len(wrong) > _TOLD else []
        raise ValueError("\n".join([*wrong[:_TOLD], *more]))
    tasks = tasks_of(units, barriers, profile, Previous(tuple(pieces), highest_serials(pieces)), areas or {})
    shares = [_assessed(task, polygons) for task in tasks]
    grids = tuple(_named(grid, names or {}) for share in shares for grid in share.grids)
    violations = tuple(broken for share in shares for broken in share.violations)
    rounds = [way for share in shares for way in share.rounds]
    return Division(
        pieces=tuple(pieces),
        grids=grids,
        violations=violations,
        metrics=metrics(pieces, grids, violations, profile.grids, rounds),
        serials={task.code: share.serial for task, share in zip(tasks, shares, strict=True)},
    )


def _assessed(task: CommunityTask, polygons: bool) -> Share:
    if not task.units:
        return divide_community(task)  # its own grid alone
    drafts, codes = drafts_in(task.units, task.previous)
    site = lay_out(task.units, task.barriers, task.roads)
    grids, violations, walked = judged(task, site, drafts, codes, polygons=polygons)
    return Share(list(task.previous), grids, violations, task.serial, 0, walked)


def _named(grid: Grid, names: Mapping[str, str]) -> Grid:
    return replace(grid, name=names[grid.code]) if names.get(grid.code) else grid
