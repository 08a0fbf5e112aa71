"""Numbers of matters, each with the choice that lists exactly what it counts (R22, R28)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import reduce
from operator import or_
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from shige.profile import GUARDED
from shige.trust.gate import Viewer
from shige.trust.veil import veiled

from ...models import Matter
from ...workflow.actors import seen_by
from .filters import ABOVE_GRIDS, ALL, DONE, MatterFilter, condition

KEYS: Final[Mapping[str, Any]] = {
    "district": F("district"),
    "street": F("street"),
    "community": F("community"),
    "general": Coalesce("general", "leaf"),
    "leaf": F("leaf"),
}
"""By what a number is counted area by area."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many matters there are of a choice, and the choice as the address of its list says it."""

    count: int
    query: str


def query_of(chosen: MatterFilter) -> str:
    """Write a choice as the query of an address that the filter bar reads as the same choice."""
    given = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    said = {
        field.name: _written(field.name, given[field.name])
        for field in fields(chosen)
        if given[field.name] != field.default or field.name == "state"
    }
    return urlencode(said)


def counted(viewer: Viewer, asked: Mapping[str, MatterFilter]) -> dict[str, Figure]:
    """Count choices: those of open matters in one statement, each other one in a statement of its own."""
    seen = Matter.objects.filter(seen_by(viewer))
    conditions = {name: condition(viewer, chosen) for name, chosen in asked.items()}
    running = {name: conditions[name] for name, one in asked.items() if one.state not in (ALL, DONE)}
    counts = {name: seen.filter(conditions[name]).count() for name in asked.keys() - running.keys()}
    if running:
        many = seen.filter(open=True).aggregate(**_counts(running))
        counts |= {name: many[f"n_{name}"] for name in running}
    return {name: Figure(counts[name], query_of(chosen)) for name, chosen in asked.items()}


def counted_by(
    viewer: Viewer, level: str, asked: Mapping[str, MatterFilter]
) -> dict[int | None, dict[str, Figure]]:
    """Count choices in each area of a level, and outside them all (None); one statement."""
    conditions = {name: condition(viewer, chosen) for name, chosen in asked.items()}
    if level not in ABOVE_GRIDS:  # a list of a grid leaves danger to persons out (P4)
        conditions = {name: one & (Q(key=None) | ~Q(kind=GUARDED)) for name, one in conditions.items()}
    keyed = Matter.objects.filter(seen_by(viewer)).annotate(key=KEYS[level])
    each = keyed.filter(reduce(or_, conditions.values())).order_by().values("key")
    rows: Iterable[Mapping[str, Any]] = each.annotate(**_counts(conditions))
    return {
        row["key"]: {
            name: Figure(row[f"n_{name}"], query_of(_in_area(chosen, level, row["key"])))
            for name, chosen in asked.items()
        }
        for row in rows
    }


def _counts(conditions: Mapping[str, Q]) -> dict[str, Count]:
    """Return the counts of what conditions hold, under names that no column bears."""
    return {f"n_{name}": Count("pk", filter=one) for name, one in conditions.items()}


def _in_area(chosen: MatterFilter, level: str, key: int | None) -> MatterFilter:
    return replace(chosen, outside=level) if key is None else replace(chosen, grid=key)


def _written(name: str, value: object) -> str:
    if name == "compound":
        return veiled("key", str(value))
    if isinstance(value, tuple):
        written = ",".join(map(str, value))
        return veiled(name, written) if name == "imported" else written
    return "on" if value is True else str(value)
