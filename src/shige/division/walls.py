"""Say where walls of compounds could not be kept, and why: proved where it can be (R6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from shige.division.proofs import Evidence, Found
from shige.division.rules import Details, violation
from shige.division.site import Site
from shige.division.units import Violation
from shige.profile.grids import Bounds, GridRules

from .community_plan import Plan


@dataclass(frozen=True, slots=True)
class _Compound:
    """Its units, and its doors in each micro-grid."""

    name: str
    units: set[int] = field(default_factory=set)
    held: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def doors(self) -> int:
        """Doors of all compounds inside."""
        return sum(self.held.values())


def broken_walls(site: Site, found: Plan, rules: GridRules, codes: Sequence[str]) -> Iterator[Violation]:
    """Yield compounds that could be one micro-grid and are split, and micro-grids that mix larger ones.

    Parameters
    ----------
    codes
        Of the micro-grids, by their number in the plan.
    """
    compounds = _compounds(site, found)
    doors = np.array([0 if unit.exclusive else unit.doors for unit in site.units], dtype=np.int64)
    evidence = Evidence(site, doors, rules.micro.high)
    yield from _split(evidence, compounds, found, rules.micro, codes)
    yield from _mixed(evidence, compounds, found, rules.micro, codes)


def _split(
    evidence: Evidence, compounds: Sequence[_Compound], found: Plan, bounds: Bounds, codes: Sequence[str]
) -> Iterator[Violation]:
    for one in compounds:
        if len(one.held) > 1 and one.doors <= bounds.high:
            cause, details = _why_split(evidence, one, found, bounds)
            said = {"compound": one.name, "doors": one.doors, **_limits(bounds), **details}
            code = min(codes[micro] for micro in one.held)
            yield violation(code, "compound", len(one.held), 1, cause, **said)


def _mixed(
    evidence: Evidence, compounds: Sequence[_Compound], found: Plan, bounds: Bounds, codes: Sequence[str]
) -> Iterator[Violation]:
    walled = [one for one in compounds if one.doors >= bounds.low]
    mixed: dict[int, list[_Compound]] = defaultdict(list)
    for one in walled:
        for micro in one.held:
            mixed[micro].append(one)
    for micro, those in sorted(mixed.items()):
        if len(those) > 1:
            cause, details = _why_mixed(evidence, micro, those, walled, found, bounds)
            said = {"compounds": ", ".join(one.name for one in those), **_limits(bounds), **details}
            yield violation(codes[micro], "compound", len(those), 1, cause, **said)


def _limits(bounds: Bounds) -> Details:
    return {"low": bounds.low, "high": bounds.high}


def _compounds(site: Site, found: Plan) -> list[_Compound]:
    """Every compound, in the order of their names."""
    compounds: dict[str, _Compound] = {}
    for atom, micro in zip(found.atoms, found.micro.tolist(), strict=True):
        name = site.units[atom.unit].compound
        if name:
            one = compounds.setdefault(name, _Compound(name))
            one.units.add(atom.unit)
            one.held[micro] += atom.households + atom.shops
    return [one for _, one in sorted(compounds.items())]


def _why_split(evidence: Evidence, one: _Compound, found: Plan, bounds: Bounds) -> Found:
    parts = evidence.parts(one.units)
    sides = np.unique(evidence.site.block[list(one.units)])
    if 1 < len(sides) == len(parts) == len(one.held):
        counts = _counts(evidence.held(part) for part in parts)
        barriers = ", ".join(sorted({kind for part in parts for kind in evidence.around(part).split(", ")}))
        return "compound_parted", {"parts": counts, "barriers": barriers}
    if len(sides) == 1:
        proof = _whole_is_too_large(evidence, one, bounds)
        if proof:
            return proof
    if len(parts) > 1 and len(parts) == len(one.held):
        return "compound_scattered", {"parts": _counts(evidence.held(part) for part in parts)}
    return "compound_found", {"parts": _counts(one.held.values())}


def _whole_is_too_large(evidence: Evidence, one: _Compound, bounds: Bounds) -> Found | None:
    """Why a compound on one side of all barriers cannot be in one grid."""
    rest = set(evidence.block(min(one.units))) - one.units
    small = [part for part in evidence.parts(rest) if 0 < evidence.held(part) < bounds.low]
    enclosed = sum(evidence.held(part) for part in small)
    if one.doors + enclosed > bounds.high:
        details: Details = {
            "enclosed": enclosed,
            "unit": evidence.name(small[0]),
            "total": one.doors + enclosed,
        }
        return "compound_encloses", details
    told = evidence.reach(one.units, bounds) if len(evidence.parts(one.units)) == 1 else None
    return ("compound_hemmed", told) if told and told["more"] else None


def _why_mixed(
    evidence: Evidence, micro: int, those: Sequence[_Compound], walled: Sequence[_Compound], found: Plan,
    bounds: Bounds,
) -> Found:  # fmt: skip
    """Why compounds share a grid; proved where all but one of them cannot do without others there."""
    here = {
        atom.unit for atom, number in zip(found.atoms, found.micro.tolist(), strict=True) if number == micro
    }
    forced = []
    for one in those:
        others = {unit for other in walled if other is not one for unit in other.units}
        proof = _alone(evidence, sorted(one.units & here), others, bounds)
        if proof:
            forced.append((proof[0], {"compound": one.name, **proof[1]}))
    if len(forced) >= len(those) - 1:
        return forced[0]
    return "mixed_found", {"parts": _counts(one.held[micro] for one in those)}


def _alone(evidence: Evidence, units: Sequence[int], others: set[int], bounds: Bounds) -> Found | None:
    """Why no grid within bounds holds one of these units of a compound and none of the others."""
    for unit in units:
        told = evidence.reach([unit], bounds, others)
        if told:
            return ("mixed_hemmed", told) if told["more"] else ("mixed_small", {"total": told["less"]})
    return None


def _counts(numbers: Iterable[int]) -> str:
    return " + ".join(str(number) for number in sorted(numbers, reverse=True))
