"""From an area to the line of areas that hold it, as the gate compares them.

The community of a line is always the division (12 digits), never its community grid (18 digits): a
community office exists before any grid is drawn, and its posts are opened at the division.
"""

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
