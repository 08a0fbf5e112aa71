"""From an area to the line of areas that hold it, as the gate compares them.

The community of a line is always the division (12 digits), never its community grid (18 digits): a
community office exists before any grid is drawn, and its posts are opened at the division.
"""

from typing import Any, Protocol

from shige.trust.gate import Lineage

from .models import Area, GridVersion

LEAF_LEVELS = frozenset({Area.Level.MICRO, Area.Level.EXCLUSIVE})


def lineage_of(area: Area) -> Lineage:
    """Return the areas that hold ``area``, itself included."""
    return Lineage(
        district=area.district_id,
        street=area.street_id,
        community=area.community_id,
        general=area.general_id,
        leaf=area.pk if area.level in LEAF_LEVELS else None,
    )


class Laid(Protocol):
    """A row that carries the areas that hold its place, as matters, things, devices and notes do."""

    district_id: Any
    street_id: Any
    community_id: Any
    general_id: Any
    leaf_id: Any


def lineage_of_row(row: Laid) -> Lineage:
    """Return the areas that a row says hold its place."""
    return Lineage(row.district_id, row.street_id, row.community_id, row.general_id, row.leaf_id)


def lineage_of_version(version: GridVersion) -> Lineage:
    """Return the areas that hold a grid while this version of it is valid.

    Needs ``area`` and ``parent`` loaded. Differs from ``lineage_of`` before a plan's effective date.
    """
    area, parent = version.area, version.parent
    inside_general = parent is not None and parent.level == Area.Level.GENERAL
    return Lineage(
        district=area.district_id,
        street=area.street_id,
        community=version.community_id,
        general=area.pk if version.level == Area.Level.GENERAL else parent.pk if inside_general else None,  # type: ignore[union-attr]
        leaf=area.pk if version.level in LEAF_LEVELS else None,
    )
