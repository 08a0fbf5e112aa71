"""Who looks after a grid: posts, their holders, vacancies and double-holding (R14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from shige.profile import Profile
from shige.trust.gate import Lineage
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Appointment, Person, Post

from ...models import Area, GridVersion
from ...places.location import Located, locate, named_building

ORDER = {Appointment.Kind.PRIMARY: 0, Appointment.Kind.DEPUTY: 1, Appointment.Kind.SUBSTITUTE: 2}


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post; ``others`` counts the further posts held (兼任)."""

    name: str
    kind: str
    others: int


@dataclass(frozen=True, slots=True)
class Team:
    """One post of a grid and who holds it; vacant without a primary."""

    post: int
    area: int
    name: str
    role: str
    role_label: str
    telephone: str
    leads: bool
    holders: tuple[Holder, ...]

    @property
    def vacant(self) -> bool:
        """Whether nobody holds the post in the first place (岗位空缺)."""
        return not any(holder.kind == Appointment.Kind.PRIMARY for holder in self.holders)


def leading_roles(rules: Profile) -> dict[str, str]:
    """Return for each level of grid the role that answers for it."""
    roles = {tier.level: tier.role for tier in reversed(rules.tiers)}
    for role in rules.roles:
        if role.kind == "grid_worker":
            roles |= {level: role.code for level in role.levels if level not in roles}
    return roles


def post_area() -> Case:
    """Return the area at which a grid's posts are opened: for a community grid its community."""
    return Case(When(level=Area.Level.COMMUNITY, then=F("community_id")), default=F("area_id"))


def with_staff(versions: "QuerySet[GridVersion]", on: date | None = None) -> "QuerySet[GridVersion]":
    """Add ``staffed`` to versions: whether the leading post has a primary on a day, else today."""
    roles = set(leading_roles(profile()).values())
    leading = Appointment.objects.in_force(on).filter(
        post__area=OuterRef("post_area"),
        post__role__in=roles,
        post__closed_at=None,
        kind=Appointment.Kind.PRIMARY,
    )
    return versions.annotate(post_area=post_area()).annotate(staffed=Exists(leading))


def with_workers(versions: "QuerySet[GridVersion]", on: date | None = None) -> "QuerySet[GridVersion]":
    """Add ``workers`` to versions, the people who serve in posts of grid work there, and ``vacancies``.

    Whoever holds two of its posts counts once; a post without a primary is vacant.
    """
    roles = set(leading_roles(profile()).values())
    held = Appointment.objects.in_force(on)
    posts = Post.objects.filter(area=OuterRef("post_area"), role__in=roles, closed_at=None)
    people = held.filter(post__area=OuterRef("post_area"), post__role__in=roles, post__closed_at=None)
    primary = held.filter(post=OuterRef("pk"), kind=Appointment.Kind.PRIMARY)
    return versions.annotate(post_area=post_area()).annotate(
        workers=how_many(people, "post__area", "person"),
        vacancies=how_many(posts.filter(~Exists(primary)), "area", "pk"),
    )


def how_many(rows: "QuerySet[Any]", place: str, counted: str) -> Coalesce:
    """Return the expression that counts the rows of one place, 0 where there is none."""
    counts = rows.order_by().values(place).annotate(found=Count(counted, distinct=True)).values("found")
    return Coalesce(Subquery(counts), 0)


def teams_of(areas: Mapping[int, str]) -> dict[int, list[Team]]:
    """Return the posts of areas, given with their levels; the one that leads comes first. Two statements."""
    rules = profile()
    roles = leading_roles(rules)
    posts = list(Post.objects.filter(area__in=areas, closed_at=None).order_by("name"))
    held = holders_of(post.pk for post in posts)
    teams: dict[int, list[Team]] = {}
    for post in posts:
        team = Team(
            post=post.pk,
            area=post.area_id,
            name=post.name,
            role=post.role,
            role_label=role_label(rules, post.role),
            telephone=post.telephone,
            leads=roles.get(areas[post.area_id]) == post.role,
            holders=tuple(held.get(post.pk, ())),
        )
        teams.setdefault(post.area_id, []).append(team)
    for listed in teams.values():
        listed.sort(key=lambda team: (not team.leads, team.vacant))
    return teams


def holders_of(posts: Iterable[int]) -> dict[int, list[Holder]]:
    """Return who holds each post today, the primary first."""
    rows = list(Appointment.objects.in_force().filter(post__in=list(posts)).select_related("person"))
    further = counted(row.person_id for row in rows)
    rows.sort(key=lambda row: ORDER[Appointment.Kind(row.kind)])
    held: dict[int, list[Holder]] = {}
    for row in rows:
        holder = Holder(row.person.service_name, row.kind, further.get(row.person_id, 1) - 1)
        held.setdefault(row.post_id, []).append(holder)
    return held


def counted(people: Iterable[int]) -> dict[int, int]:
    """Return how many posts each person holds today."""
    counts = (
        Person.objects.filter(pk__in=set(people), appointments__valid__contains=timezone.now())
        .annotate(held=Count("appointments"))
        .values_list("pk", "held")
    )
    return dict(counts)


def role_label(rules: Profile, role: str) -> str:
    """Return a role as people say it; a role that the profile no longer knows as it is written."""
    try:
        return rules.role(role).name.in_language(language())
    except KeyError:
        return role


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """A place, its areas from leaf to community, and the teams of each."""

    located: Located
    areas: tuple[Area, ...]
    teams: Mapping[int, list[Team]]


def who_looks_after(lon: float, lat: float, building: int | None = None) -> LookedAfter | None:
    """Return the grids of a place and who looks after them; None outside every grid.

    Public: posts, service names and the office's telephone are on the grid's notice sign (网格公示牌).
    """
    house = named_building(building) if building is not None else None
    located = locate(house.lon, house.lat, building) if house else locate(lon, lat)
    if located is None:
        return None
    areas = areas_upward(located.lineage)
    return LookedAfter(located, areas, teams_of({area.pk: area.level for area in areas}))


def areas_upward(lineage: Lineage) -> tuple[Area, ...]:
    """Return the areas of a line from the leaf grid up to the community."""
    ids = [pk for pk in (lineage.leaf, lineage.general, lineage.community) if pk is not None]
    found = Area.objects.in_bulk(ids)
    return tuple(found[pk] for pk in ids)
