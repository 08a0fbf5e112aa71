"""Divide a scope as its plan asks for it, telling how far it is."""

from collections.abc import Callable

from shige import division
from shige.division import Division, Wishes

from .basis import Basis
from .settings import PlanRules

Told = Callable[[int, int], None]
"""Called with the number of communities done and of all."""


def draw(basis: Basis, rules: PlanRules, told: Told, wishes: Wishes | None = None) -> Division:
    """Divide the units of a basis."""
    told(0, len({unit.community for unit in basis.units} | basis.areas.keys()))
    return division.divide(
        basis.units,
        basis.barriers,
        rules,
        basis.previous,
        areas=basis.areas,
        wishes=wishes or Wishes(),
        progress=told,
    )
