"""Between a unit of a division and a stored building."""

from collections.abc import Iterator
from typing import Any, Final

from shige.division.pieces import spread
from shige.division.units import Unit

from .models import Building, Door
from .shapes import box_of, from_wkb, wkb

PLAIN: Final = ("address", "use", "manager", "group", "households", "shops", "floors", "entrances", "lift")
"""Columns that a unit and a building share under one name."""

OPTIONAL: Final = ("population", "expected_households", "workload", "minutes")
"""Further ones, 0 where they are not known; an import whose file lacks one leaves it as it is."""

COUNTS: Final = ("households", "shops", "floors", "entrances")
"""Columns on which a building's doors depend."""


def building_of(unit: Unit, community: int, compound: int | None) -> Building:
    """Return the building, not yet saved, that holds what a unit says."""
    point = unit.geometry.representative_point()
    return Building(
        unit=unit.id,
        community_id=community,
        compound_id=compound,
        shape=wkb(unit.geometry),
        box=box_of(unit.geometry),
        lon=point.x,
        lat=point.y,
        kinds=dict(unit.kinds),
        **{column: getattr(unit, column) for column in (*PLAIN, *OPTIONAL)},
    )


def content_of(building: Building) -> tuple[Any, ...]:
    """Return everything that an import may change, for comparison."""
    plain = tuple(getattr(building, column) for column in PLAIN)
    known = tuple((column, value) for column in OPTIONAL if (value := getattr(building, column)))
    known += tuple(sorted(building.kinds.items()))
    return (building.community_id, building.compound_id, bytes(building.shape), *plain, *known)


def counts_of(building: Building) -> tuple[int, ...]:
    """Return what the doors depend on."""
    return tuple(getattr(building, column) for column in COUNTS)


def unit_of(building: Building) -> Unit:
    """Return a building as the division reads it; needs ``community`` and ``compound`` loaded."""
    return Unit(
        id=building.unit,
        community=building.community.code,
        geometry=from_wkb(building.shape),
        compound=building.compound.name if building.compound else "",
        rural=building.community.rural,
        kinds=tuple(sorted(building.kinds.items())),
        **{column: getattr(building, column) for column in (*PLAIN, *OPTIONAL)},
    )


def doors_of(building: Building, unit: Unit) -> Iterator[Door]:
    """Yield a building's doors by entrance and floor, spread as a division spreads them."""
    households, shops = spread(unit)
    for kind, counts in ((Door.Kind.HOUSEHOLD, households), (Door.Kind.SHOP, shops)):
        for (entrance, floor), count in (
            (place, int(counts[place])) for place in zip(*counts.nonzero(), strict=True)
        ):
            for number in range(1, count + 1):
                yield Door(
                    building_id=building.pk,
                    entrance=int(entrance) + 1,
                    floor=int(floor) + 1,
                    kind=kind,
                    number=number,
                )
