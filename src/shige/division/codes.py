"""Codes of grids: 12-digit community, level, serial of 5 digits that is never used twice (R5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .drafts import GridDraft
from .previous import Shared, inherit, shared_doors
from .site import Site
from .units import LEVELS, Level, Piece

_LAST_SERIAL = 99_999


@dataclass(frozen=True, slots=True)
class Coded:
    """Code of each draft, the highest serial ever given in the community, and households that moved."""

    codes: list[str]
    serial: int
    moved_households: int


def code_of(community: str, level: Level, serial: int) -> str:
    """Write a code.

    Raises
    ------
    ValueError
        When the community has used up its serials.
    """
    if serial > _LAST_SERIAL:
        raise ValueError(f"community {community} has used all {_LAST_SERIAL} serials of its grids")
    return f"{community}{LEVELS.index(level)}{serial:05d}"


def by_unit(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """Pieces of each unit, by its id."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        found[piece.unit].append(piece)
    return dict(found)


def coded(
    community: str, drafts: Sequence[GridDraft], site: Site, old: Mapping[str, Sequence[Piece]], serial: int
) -> Coded:
    """Let the codes of grids that keep most of their households live on, and count up for the others."""
    shared = _shared(drafts, site, old)
    codes = [""] * len(drafts)
    for level in LEVELS:
        places = [k for k, draft in enumerate(drafts) if draft.level == level]
        for place, code in zip(places, _inherited(level, places, drafts, shared), strict=True):
            serial += not code
            codes[place] = code or code_of(community, level, serial)
    moved = sum(s.households for s in shared if s.old.leaf and s.old.leaf != codes[s.new])
    return Coded(codes, serial, moved)


def _shared(drafts: Sequence[GridDraft], site: Site, old: Mapping[str, Sequence[Piece]]) -> list[Shared]:
    """What old pieces and the new lowest grids have in common."""
    new: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        for held in draft.holdings if draft.leaf else ():
            new[held.unit].append((held.part, place))
    return [
        shared
        for unit, parts in sorted(new.items())
        for shared in shared_doors(site.units[unit], old.get(site.units[unit].id, ()), parts)
    ]


def _inherited(
    level: Level, places: list[int], drafts: Sequence[GridDraft], shared: Sequence[Shared]
) -> list[str]:
    position = {place: k for k, place in enumerate(places)}
    in_common = []
    for item in shared:
        place = item.new
        while place not in position and place >= 0:
            place = drafts[place].parent
        if place >= 0 and (code := getattr(item.old, level)):
            in_common.append((code, position[place], item.households, item.shops))
    return inherit(in_common, len(places))
