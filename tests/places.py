"""A small town for tests: one street, two communities, their grids and a team."""

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from shige.matters.models import Matter
from shige.territory.models import Area
from shige.trust.gate import Lineage, Viewer
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import viewer_of

SINCE = DateRange(date(2020, 1, 1), None)


@dataclass(frozen=True, slots=True)
class Town:
    """Areas and people by a short name."""

    areas: dict[str, Area]
    people: dict[str, Person]
    posts: dict[str, Post]

    def viewer(self, who: str) -> Viewer:
        """Return somebody as the gate knows them."""
        return viewer_of(self.people[who])


def make_area(code: str, level: str, name: str, parent: Area | None) -> Area:
    """Make an area under its parent, with its line of ancestors."""
    area = Area(
        code=code,
        level=level,
        kind=Area.Kind.GRID if len(code) == 18 else Area.Kind.DIVISION,
        name=name,
        sort_key=code,
        parent=parent,
        **{step: getattr(parent, step, None) for step in ("district", "street", "community", "general")},
    )
    area.save()
    if area.kind == Area.Kind.DIVISION and level in {"district", "street", "community"}:
        setattr(area, level, area)
    if level == "general":
        area.general = area
    area.save()
    return area


def make_town() -> Town:
    """Make the town of the tests; every name is invented."""
    district = make_area("990101000000", "district", "示例区", None)
    street = make_area("990101001000", "street", "玉兰街道", district)
    areas = {"district": district, "street": street}
    for number, short in ((1, "one"), (2, "two")):
        code = f"99010100100{number}"
        community = make_area(code, "community", f"第{number}社区", street)
        grid = make_area(f"{code}000001", "community", f"第{number}总网格", community)
        general = make_area(f"{code}100001", "general", "第1一般网格", grid)
        areas |= {
            f"community {short}": community,
            f"grid {short}": grid,
            f"general {short}": general,
            f"micro {short}": make_area(f"{code}200001", "micro", "1号微网格", general),
        }
    people: dict[str, Person] = {}
    posts: dict[str, Post] = {}
    team = [
        ("admin", "system_admin", "district"),
        ("centre", "district_centre", "district"),
        ("street", "street_officer", "street"),
        ("department", "department", "street"),
        ("overseer", "party_overseer", "street"),
        ("chief", "community_chief", "community one"),
        ("other chief", "community_chief", "community two"),
        ("fulltime", "fulltime_worker", "general one"),
        ("worker", "micro_worker", "micro one"),
        ("other worker", "micro_worker", "micro two"),
    ]
    for who, role, area in team:
        people[who] = Person.objects.create(username=who, service_name=who, password="!")
        posts[who] = Post.objects.create(role=role, area=areas[area], name=f"{who} post")
        Appointment.objects.create(person=people[who], post=posts[who], valid=SINCE)
    return Town(areas, people, posts)


def make_matter(town: Town, place: Lineage, number: str, sealed: int = 0) -> Matter:
    """Make a row with a place and nothing else of interest."""
    now = timezone.now()
    return Matter.objects.create(
        number=number,
        tracking_digest=number.encode(),
        source="test",
        category="01",
        profile_version="test",
        tier="C",
        words="",
        sealed=sealed,
        confidential=sealed > 0,
        owner=town.posts["street"],
        reported_at=now,
        respond_by=now,
        next_at=now,
        counted_from=now,
        resolve_by=now,
        district_id=place.district,
        street_id=place.street,
        community_id=place.community,
        general_id=place.general,
        leaf_id=place.leaf,
    )
