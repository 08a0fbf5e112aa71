"""One grid in full: the detail beside the map, and the page of its own."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from shige.trust.gate import Viewer, may, require
from shige.trust.queries import today

from ...lineage import lineage_of
from ...models import Area, GridVersion, Placement
from .grids import GridRow, in_force, row_of
from .people import Team, teams_of, with_staff


@dataclass(frozen=True, slots=True)
class GridDetail:
    """A grid with its place in the tree, its teams, the grids below it and the buildings in it."""

    row: GridRow
    rural: bool
    since: date
    above: tuple[Area, ...]
    teams: tuple[Team, ...]
    below: tuple[GridRow, ...]
    buildings: tuple[str, ...]
    called: tuple[GridVersion, ...]
    may_rename: bool

    @property
    def renamed(self) -> bool:
        """Whether it has, had or will have another name."""
        return len({version.called for version in self.called}) > 1


BUILDINGS_SHOWN = 60


def grid_detail(viewer: Viewer, code: str, on: date | None = None) -> GridDetail:
    """Return a grid as it holds on a day, today where none is given; its teams are always those of today.

    Raises
    ------
    Http404
        There is no such grid on that day.
    """
    require(viewer, "map.see")
    found = with_staff(in_force(on).filter(area__code=code), on)
    version = found.select_related("area", "parent").first()
    if version is None:
        raise Http404(code)
    area = version.area
    place = version.community_id if version.level == Area.Level.COMMUNITY else area.pk
    below = with_staff(in_force(on).filter(parent=area), on)
    children = below.select_related("area", "parent").defer("shape")
    return GridDetail(
        row=row_of(version),
        rural=area.rural,
        since=version.valid.lower,
        above=above(version.parent),
        teams=tuple(teams_of({place: version.level}).get(place, ())),
        below=tuple(row_of(child) for child in children.order_by("area__code")),
        buildings=addresses_in(area, on),
        called=names_of(area),
        may_rename=version.level != Area.Level.COMMUNITY and may(viewer, "plan.decide", lineage_of(area)),
    )


def names_of(area: Area) -> tuple[GridVersion, ...]:
    """Return the version with which each name of a grid begins, the last first."""
    found: list[GridVersion] = []
    for version in area.versions.select_related("area").defer("shape").order_by("valid"):
        if not found or found[-1].called != version.called:
            found.append(version)
    return tuple(reversed(found))


def above(parent: Area | None) -> tuple[Area, ...]:
    """Return the areas over a grid, from the street down."""
    line: list[Area] = []
    while parent is not None and parent.level not in {
        Area.Level.DISTRICT,
        Area.Level.CITY,
        Area.Level.PROVINCE,
    }:
        line.append(parent)
        parent = parent.parent
    return tuple(reversed(line))


def addresses_in(leaf: Area, on: date | None) -> tuple[str, ...]:
    """Return the addresses of the buildings in a leaf grid; part of them where there are many."""
    found = Placement.objects.filter(leaf=leaf, valid__contains=on or today())
    return tuple(
        dict.fromkeys(
            found.order_by("building__address").values_list("building__address", flat=True)[:BUILDINGS_SHOWN]
        )
    )
