"""What may be read of an organisation's life, and what may be chosen in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shige.territory.lineage import lineage_of
from shige.territory.models import Area, GridVersion
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment, Post
from shige.trust.queries import today

from ..line.queries import areas_of
from ..models import Change, Standing
from ..rules import DEPTH, GRID_LEVELS, holds, overseer_roles, serves


@dataclass(frozen=True, slots=True)
class Life:
    """An organisation as it stands at last, what it was before, and every change, the newest first.

    ``ended`` is the day from which it is closed, ``begins`` the day on which its last change takes effect
    where that is still to come.
    """

    last: Standing
    changes: tuple[Change, ...]
    ended: date | None
    begins: date | None
    children: tuple[Standing, ...]


def last_standing(viewer: Viewer, organisation: int) -> Standing | None:
    """Return the last standing of an organisation, also of a closed one; None where there is none.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there.
    """
    rows = Standing.objects.select_related("area__street", "area__community", "overseer", "organisation")
    found = rows.filter(organisation=organisation).order_by("-valid").first()
    if found is not None:
        require(viewer, "redline.edit", lineage_of(found.area))
    return found


def life_of(viewer: Viewer, last: Standing) -> Life:
    """Return the life of an organisation that the viewer may edit. Three statements."""
    require(viewer, "redline.edit", lineage_of(last.area))
    changes = Change.objects.filter(organisation=last.organisation_id).select_related("person")
    begins = last.valid.lower
    return Life(
        last=last,
        changes=tuple(changes.order_by("-on", "-pk")),
        ended=last.valid.upper,
        begins=begins if begins and begins > today() else None,
        children=tuple(children(last.organisation_id)),
    )


def children(organisation: int) -> QuerySet[Standing]:
    """Return what stands directly below an organisation at last, by name."""
    return Standing.objects.living().filter(parent=organisation).select_related("area").order_by("name", "pk")


def parent_of(standing: Standing) -> Standing | None:
    """Return the last standing of the organisation above."""
    rows = Standing.objects.filter(organisation=standing.parent_id).select_related("area")
    return rows.order_by("-valid").first()


def living_in(viewer: Viewer, area: Area) -> QuerySet[Standing]:
    """Return the open organisations in the street of an area, as far as the viewer may see them."""
    seen = areas_of(viewer, area.street_id).order_by().values("pk")
    return Standing.objects.living().filter(area__in=seen).select_related("area")


def possible_parents(viewer: Viewer, area: Area, present: Standing | None = None) -> list[Standing]:
    """Return the open organisations that oversee an area above this one, the nearest first.

    ``present`` is the one above until now, which may lie beyond what the viewer sees.
    """
    above = [row for row in living_in(viewer, area).order_by("area__code") if holds(row.area, area)]
    if present is not None and present.pk not in {row.pk for row in above}:
        above.append(present)
    return sorted(above, key=lambda row: Area.Level.values.index(row.area.level), reverse=True)


def parents_beyond(viewer: Viewer, standing: Standing, present: Standing | None) -> list[Standing]:
    """Return the open organisations of the street that may stand above one of this kind."""
    level = level_of(standing)
    rows = [
        row
        for row in living_in(viewer, standing.area).order_by("name")
        if DEPTH[row.area.level] < DEPTH[level]
    ]
    if present is not None and present.pk not in {row.pk for row in rows}:
        rows.append(present)
    return rows


def level_of(standing: Standing) -> str:
    """Return the level that its kind oversees; its area's where the profile has dropped the kind."""
    pairs = (pair.oversees for pair in profile().redline if pair.code == standing.kind)
    return next(pairs, standing.area.level)


def possible_overseers(viewer: Viewer, area: Area) -> list[Post]:
    """Return the open posts of overseers that serve this area."""
    require(viewer, "redline.see")
    rows = Post.objects.filter(
        role__in=overseer_roles(), closed_at=None, area__district_id=area.district_id
    ).select_related("area")
    return [post for post in rows.order_by("name", "pk") if serves(post.area, area)]


def holders_of(posts: Iterable[Post]) -> dict[int, str]:
    """Return who holds each post today, its primary before others, by the name in service. One statement."""
    held = Appointment.objects.in_force(today()).filter(post__in=[post.pk for post in posts])
    told = held.values_list("post", "person__service_name", "kind")
    rows = sorted(told, key=lambda row: row[2] == Appointment.Kind.PRIMARY)
    return {post: name for post, name, _kind in rows}


def possible_grids(viewer: Viewer, standing: Standing) -> list[Area]:
    """Return the grids in force in its street to which an organisation of its kind may be tied."""
    level = level_of(standing)
    kind = Area.Kind.GRID if level in GRID_LEVELS else Area.Kind.DIVISION
    in_force = GridVersion.objects.filter(area=OuterRef("pk"), valid__contains=today())
    others = Standing.objects.living().filter(area=OuterRef("pk"), kind=standing.kind, tied=True)
    rows = areas_of(viewer, standing.area.street_id).filter(level=level, kind=kind)
    rows = rows.filter(Exists(in_force) | Q(kind=Area.Kind.DIVISION)).filter(~Exists(others))
    return list(rows)


def possible_targets(viewer: Viewer, standing: Standing) -> list[Standing]:
    """Return the open organisations into which one may merge: of its kind, or above it."""
    rows = living_in(viewer, standing.area).exclude(organisation=standing.organisation_id).order_by("name")
    return [row for row in rows if row.kind == standing.kind or holds(row.area, standing.area)]
