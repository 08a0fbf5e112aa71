"""A small town on the ground: one street of two communities, with every kind of grid and every post held."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import shapely
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from shige.matters.models import Matter
from shige.matters.report import Place, Report
from shige.territory.models import Area, Building, GridVersion, Outline, Placement, Plan
from shige.territory.places import index_buildings
from shige.territory.shapes import box_of, wkb
from shige.trust.gate import Viewer
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import viewer_of

ALWAYS: Final = DateRange(datetime(2020, 1, 1, tzinfo=UTC).date(), None)
STEP: Final = 0.002
"""Degrees from one grid's south-western corner to the next one's."""

WEDNESDAY: Final = datetime(2026, 9, 9, 2, 0, tzinfo=UTC)
"""Ten in the morning in Chengdu, on an ordinary working day."""


def square(column: int, width: int = 1) -> shapely.Polygon:
    """Return the ground of the n-th grid from the west."""
    west = 104.0 + column * STEP
    return shapely.box(west, 30.0, west + width * STEP, 30.0 + STEP)


@dataclass
class Town:
    """Areas by name, posts by role (with a number from the second on), persons by post."""

    areas: dict[str, Area] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    buildings: dict[str, Building] = field(default_factory=dict)

    def viewer(self, post: str) -> Viewer:
        """Return the holder of a post as the gate knows them."""
        return viewer_of(self.persons[post])

    def vacate(self, post: str) -> None:
        """Leave a post without anybody."""
        Appointment.objects.filter(post=self.posts[post]).delete()

    def appoint(self, name: str, role: str, area: str, department: str = "") -> Post:
        """Add a post with somebody who holds it; both bear ``name`` in this town."""
        self.posts[name] = Post.objects.create(
            role=role, area=self.areas[area], name=f"{area} {name}", department=department
        )
        self.persons[name] = Person.objects.create(username=name, service_name=name)
        Appointment.objects.create(person=self.persons[name], post=self.posts[name], valid=ALWAYS)
        return self.posts[name]

    def place(self, grid: str) -> Place:
        """Return a point in the middle of a grid's building."""
        building = self.buildings[grid]
        return Place(lon=building.lon, lat=building.lat)

    def owner(self, matter: Matter) -> str:
        """Return the name in this town of the post that answers for a matter."""
        return next(name for name, post in self.posts.items() if post.pk == matter.owner_id)


OUTSIDE: Final = Place(lon=104.5, lat=30.5)
"""Far from every grid."""


def build() -> Town:
    """Build the town in the database."""
    town = Town()
    _divisions(town)
    _grids(town)
    _team(town)
    return town


def report(words: str = "路灯不亮了", **given: object) -> Report:
    """Return a report; ``place`` must be given."""
    return Report(words=words, **given)  # type: ignore[arg-type]


def _area(town: Town, name: str, kind: str, level: str, code: str, above: str | None) -> Area:
    parent = town.areas.get(above or "")
    area = Area(kind=kind, level=level, code=code, name=name, sort_key=name, parent=parent)
    for ancestor in ("district", "street", "community", "general"):
        setattr(area, f"{ancestor}_id", getattr(parent, f"{ancestor}_id", None))
    area.save()
    if level in ("district", "street", "general") or (level, kind) == ("community", "division"):
        setattr(area, f"{level}_id", area.pk)
        area.save()
    town.areas[name] = area
    return area


def _divisions(town: Town) -> None:
    _area(town, "district", "division", "district", "510104000000", None)
    _area(town, "street", "division", "street", "510104001000", "district")
    for number, name in enumerate(("east", "west"), 1):
        _area(town, name, "division", "community", f"51010400100{number}", "street")
    Outline.objects.create(area=town.areas["east"], shape=wkb(square(0, 5)), box=box_of(square(0, 5)))


def _grids(town: Town) -> None:
    plan = Plan.objects.create(scope=town.areas["street"], profile="chengdu-1", outcome={})
    grids = (
        ("general", "general", "east", 0, 2),
        ("micro", "micro", "general", 0, 1),
        ("micro2", "micro", "general", 1, 1),
        ("tower", "exclusive", "east", 2, 1),
        ("general2", "general", "west", 3, 1),
        ("micro3", "micro", "general2", 3, 1),
    )
    for serial, (name, level, above, column, width) in enumerate(grids, 1):
        digit = {"general": 1, "micro": 2, "exclusive": 3}[level]
        community = town.areas[above].community
        area = _area(town, name, "grid", level, f"{community.code}{digit}{serial:05d}", above)
        ground = square(column, width)
        GridVersion.objects.create(
            area=area, plan=plan, parent=town.areas[above], community=community, level=level, valid=ALWAYS,
            households=80, shops=0, hours=2.0, shape=wkb(ground), box=box_of(ground),
        )  # fmt: skip
        if level != "general":
            _building(town, name, area, column)


def _building(town: Town, name: str, leaf: Area, column: int) -> None:
    ground = square(column).centroid.buffer(0.0001)
    town.buildings[name] = Building.objects.create(
        unit=f"u-{name}", community=leaf.community, address=f"玉兰路{column + 1}号", use="residential",
        households=80, shops=0, floors=8, entrances=2, shape=wkb(ground), box=box_of(ground),
        lon=ground.centroid.x, lat=ground.centroid.y,
    )  # fmt: skip
    Placement.objects.create(
        building=town.buildings[name], leaf=leaf, entrances=NumericRange(1, 3), floors=NumericRange(1, 9),
        valid=ALWAYS,
    )  # fmt: skip
    index_buildings([town.buildings[name].pk])


TEAM: Final = (
    ("micro_worker", "micro", ""),
    ("micro_worker2", "micro2", ""),
    ("micro_worker3", "micro3", ""),
    ("fulltime_worker", "general", ""),
    ("fulltime_worker2", "general2", ""),
    ("exclusive_worker", "tower", ""),
    ("community_chief", "east", ""),
    ("community_chief2", "west", ""),
    ("street_officer", "street", ""),
    ("street_leader", "street", ""),
    ("service_centre", "street", ""),
    ("mediation_committee", "street", ""),
    ("department", "street", "urban_management"),
    ("department2", "district", "police"),
    ("district_centre", "district", ""),
)


def _team(town: Town) -> None:
    for name, area, department in TEAM:
        town.appoint(name, name.rstrip("23"), area, department)
