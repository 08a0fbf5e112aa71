"""Divide communities into nested grids (R1-R7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

from shapely.geometry.base import BaseGeometry

from .community import CommunityTask, Share, divide_community
from .measures import metrics
from .outlines import outlines
from .shared_compounds import shared_compounds
from .site import near
from .units import Barrier, Division, Piece, Previous, RulesProfile, Unit, Wishes
from .workers import processes, spread_out

_NO_WISHES = Wishes()


def divide(
    units: Sequence[Unit],
    barriers: Sequence[Barrier],
    profile: RulesProfile,
    previous: Previous | None = None,
    *,
    areas: Mapping[str, BaseGeometry] | None = None,
    jobs: int = 1,
    wishes: Wishes = _NO_WISHES,
    executor: Executor | None = None,
    progress: Callable[[int, int], Any] | None = None,
) -> Division:
    """Divide every community into general, micro- and exclusive grids.

    Communities are independent of each other: the same input gives the same division wherever it is made.

    Parameters
    ----------
    units, barriers
        As `read_units` and `read_barriers` give them; ids are unique.
    profile
        Only its `grids` are read.
    previous
        The division in force: grids that keep most of their households keep their code, new ones get
        serials above every one ever given, and as few households move as the rules allow (R7).
    areas
        Polygon (degrees) of each community by its 12-digit code; the buffered hull of the buildings stands
        in for one that is missing. A community with an area and no unit gets its community grid alone.
    jobs
        Processes.
    wishes
        What stays, belongs together or apart, and which lines no micro-grid may cross.
    executor
        What to map communities over instead; its workers have this package.
    progress
        Called with the number of communities that are done, and of all.

    Returns
    -------
    Grids that hold every rule, or violations that say which does not, and why (R6).

    Raises
    ------
    ValueError
        Where units share an id, or a community has used up its serials.
    """
    tasks = tasks_of(units, barriers, profile, previous or Previous((), {}), areas or {}, wishes)
    shares = _run(tasks, jobs, executor, progress)
    grids = tuple(grid for share in shares for grid in share.grids)
    pieces = tuple(piece for share in shares for piece in share.pieces)
    violations = tuple(found for share in shares for found in share.violations)
    rounds = [way for share in shares for way in share.rounds]
    serials = dict(previous.serials) if previous else {}
    serials |= {task.code: share.serial for task, share in zip(tasks, shares, strict=True)}
    return Division(
        pieces=pieces,
        grids=grids,
        violations=violations,
        metrics=metrics(pieces, grids, violations, profile.grids, rounds),
        serials=serials,
        moved_households=None if previous is None else sum(share.moved_households for share in shares),
    )


def _run(
    tasks: list[CommunityTask],
    jobs: int,
    executor: Executor | None,
    progress: Callable[[int, int], Any] | None,
) -> list[Share]:
    if executor is None and jobs > 1 and len(tasks) > 1:
        with processes(min(jobs, len(tasks))) as pool:
            return spread_out(divide_community, tasks, pool, progress)
    return spread_out(divide_community, tasks, executor, progress)


def tasks_of(
    units: Sequence[Unit],
    barriers: Sequence[Barrier],
    profile: RulesProfile,
    previous: Previous,
    areas: Mapping[str, BaseGeometry],
    wishes: Wishes = _NO_WISHES,
) -> list[CommunityTask]:
    """Return the communities one by one, in the order of their codes, each with what concerns it.

    Raises
    ------
    ValueError
        Where units share an id.
    """
    rules = profile.grids
    if twice := [name for name, count in Counter(unit.id for unit in units).items() if count > 1]:
        raise ValueError(f"{len(twice)} ids are given to more than one unit: {', '.join(twice[:10])}")
    kinds = [[b for b in barriers if (b.kind in rules.barriers) == uncrossed] for uncrossed in (True, False)]
    members: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        members[unit.community].append(unit)
    in_force: dict[str, list[Piece]] = defaultdict(list)
    for piece in previous.pieces:
        in_force[piece.community[:12]].append(piece)
    settled, remarks = outlines(members, areas)
    lines, roads = (near(kind, settled) for kind in kinds)
    shared = shared_compounds(members)
    return [
        CommunityTask(
            code=code,
            units=members[code],
            area=settled[code],
            barriers=lines[code],
            roads=roads[code],
            rules=rules,
            previous=in_force[code],
            serial=previous.serials.get(code, 0),
            remarks=[*remarks[code], *shared.get(code, ())],
            wishes=wishes,
        )
        for code in sorted(settled)
    ]
