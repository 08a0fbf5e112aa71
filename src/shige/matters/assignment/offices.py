"""The office that answers for a matter, as a resident reads it: never a person, never a worker of a grid."""

from dataclasses import dataclass
from typing import Final

from shige.territory.models import Area
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post
from shige.trust.queries import held_today

ORGANISATIONS: Final = frozenset({"partner", "operator"})
"""Kinds of role whose posts carry the name of an organisation; all others are places in an area's team."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its name, with its public telephone where it has one."""

    name: str
    telephone: str


def office_of(post: Post) -> Office:
    """Return the office to which a post (with its area loaded) belongs; at most two statements.

    A worker of a grid belongs to the community, whose telephone stands there too: a volunteer's own is not
    for everybody. A post that is named after whoever holds it is told by its role.
    """
    kind = _kind(post.role)
    if kind in ORGANISATIONS:
        return Office(_without_person(post), post.telephone)
    area = _speaks_for(post.area)
    telephone = _of_team(area) if kind == "grid_worker" else post.telephone
    return Office(area.name, telephone)


def _kind(role: str) -> str:
    try:
        return profile().role(role).kind
    except KeyError:
        return ""


def _speaks_for(area: Area) -> Area:
    """Return the area whose office people know: the community of a grid, else the area itself."""
    return (area.community or area.street or area) if area.kind == Area.Kind.GRID else area


def _of_team(area: Area) -> str:
    """Return the telephone of the first post of an area's own team that has one."""
    roles = [role.code for role in profile().roles if role.kind == "staff"]
    told = Post.objects.filter(area=area, role__in=roles, closed_at=None).exclude(telephone="")
    return told.order_by("pk").values_list("telephone", flat=True).first() or ""


def _without_person(post: Post) -> str:
    held = held_today().filter(post=post).values_list("person__service_name", flat=True)
    if not any(name and name in post.name for name in held):
        return post.name
    return f"{post.area.name}{profile().role(post.role).name.in_language(language())}"
