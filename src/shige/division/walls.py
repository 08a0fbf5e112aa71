"""Say where walls of compounds could not be kept, and why (R6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from shige.division.order import blocks
from shige.division.planning import Plan
from shige.division.rules import violation
from shige.division.site import Site
from shige.division.units import Violation
from shige.profile.grids import GridRules


def broken_walls(site: Site, found: Plan, rules: GridRules, codes: Sequence[str]) -> Iterator[Violation]:
    """Yield compounds that could be one micro-grid and are split, and micro-grids that mix larger ones.

    Parameters
    ----------
    codes
        Of the micro-grids, by their number in the plan.
    """
    doors: dict[str, int] = defaultdict(int)
    grids: dict[str, set[int]] = defaultdict(set)
    walled: dict[int, set[str]] = defaultdict(set)
    for atom, micro in zip(found.atoms, found.micro.tolist(), strict=True):
        name = site.units[atom.unit].compound
        if name:
            doors[name] += atom.households + atom.shops
            grids[name].add(micro)
            walled[micro].add(name)
    for name in sorted(grids):
        pieces = len(grids[name])
        if pieces > 1 and doors[name] <= rules.micro.high:
            cause = "compound_split" if _hangs_together(site, name) else "compound_scattered"
            code = min(codes[micro] for micro in grids[name])
            yield violation(code, "compound", pieces, 1, cause, compound=name, doors=doors[name])
    for micro in sorted(walled):
        names = sorted(name for name in walled[micro] if doors[name] >= rules.micro.low)
        if len(names) > 1:
            said = ", ".join(names)
            yield violation(codes[micro], "compound", len(names), 1, "compounds_mixed", compounds=said)


def _hangs_together(site: Site, name: str) -> bool:
    """Whether a compound's buildings are neighbours on one side of every barrier."""
    ordinary = site.ordinary.tolist()
    members = np.array([k for k in ordinary if site.units[k].compound == name], dtype=np.int64)
    within = np.isin(site.edges, members).all(axis=1) & (site.crosses < 0)
    return len(np.unique(blocks(len(site.units), site.edges[within])[members])) == 1
