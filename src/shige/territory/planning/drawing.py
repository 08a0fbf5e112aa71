"""Divide a scope community by community, telling how far it is."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from shige import division
from shige.division import Division, Previous, Unit, Violation, Wishes
from shige.division.outlines import outlines

from .basis import Basis
from .settings import PlanRules
from .wishes import wishes_in

Told = Callable[[int, int], None]
"""Called with the number of communities done and of all."""


def draw(basis: Basis, rules: PlanRules, told: Told, wishes: Wishes | None = None) -> Division:
    """Divide the units of a basis; the same grids as in one run, for communities do not touch each other."""
    members: dict[str, list[Unit]] = {}
    for unit in basis.units:
        members.setdefault(unit.community, []).append(unit)
    settled, remarks = outlines(members, basis.areas)
    shares = []
    told(0, len(settled))
    for number, (code, area) in enumerate(sorted(settled.items()), 1):
        units = members.get(code, [])
        share = division.divide(
            units,
            basis.barriers,
            rules,
            previous_in(basis.previous, code),
            areas={code: area},
            wishes=wishes_in(wishes or Wishes(), code, units),
        )
        shares.append(replace(share, violations=(*placed(remarks[code], share), *share.violations)))
        told(number, len(settled))
    return joined(shares, basis.previous)


def previous_in(previous: Previous | None, code: str) -> Previous | None:
    """Return what was decided last in one community."""
    if previous is None:
        return None
    pieces = tuple(piece for piece in previous.pieces if piece.community.startswith(code))
    return Previous(pieces, {code: previous.serials[code]} if code in previous.serials else {})


def placed(remarks: list[Violation], share: Division) -> Iterator[Violation]:
    """Yield the remarks on a community's area with the code of its grid."""
    grid = next(grid.code for grid in share.grids if grid.level == "community")
    for remark in remarks:
        yield replace(remark, grid=grid)


def joined(shares: list[Division], previous: Previous | None) -> Division:
    """Join the divisions of all communities; a plan is measured where it is compared, not here."""
    serials = dict(previous.serials) if previous else {}
    for share in shares:
        serials |= share.serials
    return Division(
        pieces=tuple(piece for share in shares for piece in share.pieces),
        grids=tuple(grid for share in shares for grid in share.grids),
        violations=tuple(found for share in shares for found in share.violations),
        metrics={},
        serials=serials,
        moved_households=sum(share.moved_households or 0 for share in shares) if previous else None,
    )
