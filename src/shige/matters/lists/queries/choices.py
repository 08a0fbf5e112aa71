"""What the filter bar offers to somebody: grids and posts of the own areas, no deeper than two levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.core.cache import caches
from django.db.models import Q

from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.models import Post
from shige.trust.queries import in_reach

BELOW: Final[Mapping[str, tuple[str, ...]]] = {
    "province": ("city", "district"),
    "city": ("district", "street"),
    "district": ("street", "community"),
    "street": ("community", "general"),
    "community": ("general", "micro", "exclusive"),
    "general": ("micro", "exclusive"),
}
MOST: Final = 300
KEPT_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Choices:
    """Areas as (key, level, name) and posts as (key, name), in the order of their codes."""

    grids: tuple[tuple[int, str, str], ...]
    owners: tuple[tuple[int, str], ...]


def choices_for(viewer: Viewer) -> Choices:
    """Return what the filter bar offers; two statements, asked once a minute for the same appointments."""
    key = "matters.choices." + "-".join(str(post) for post in sorted(viewer.posts))
    found: Choices | None = caches["own"].get(key)
    if found is None:
        found = Choices(_grids(viewer), _owners(viewer))
        caches["own"].set(key, found, KEPT_SECONDS)
    return found


CODES: Final = (12, 15, 18)
"""How many digits the code of a division or grid has; keys are shorter."""


def key_of_code(code: str) -> int | None:
    """Return the key of the newest area with a code; None where there is none."""
    return Area.objects.filter(code=code).order_by("-pk").values_list("pk", flat=True).first()


def name_of_area(pk: int) -> str:
    """Return the name of an area that is not among the choices; empty where there is none."""
    return Area.objects.filter(pk=pk).values_list("name", flat=True).first() or ""


def name_of_post(pk: int) -> str:
    """Return the name of a post that is not among the choices; empty where there is none."""
    return Post.objects.filter(pk=pk).values_list("name", flat=True).first() or ""


def _grids(viewer: Viewer) -> tuple[tuple[int, str, str], ...]:
    """Return the divisions and grids below the own areas; a community is its division, not its grid."""
    here = Q(pk__in=[])
    for scope in viewer.holding("matter.handle"):
        above = Q() if scope.level in ("province", "city") else Q(**{scope.level: scope.area})
        if scope.level in BELOW:
            here |= above & Q(level__in=BELOW[scope.level])
    areas = Area.objects.filter(here).exclude(kind="grid", level="community")
    return tuple(areas.order_by("code").values_list("pk", "level", "name")[:MOST])


def _owners(viewer: Viewer) -> tuple[tuple[int, str], ...]:
    posts = Post.objects.filter(in_reach(viewer, "matter.handle"), closed_at=None)
    return tuple(posts.order_by("area__code", "pk").values_list("pk", "name")[:MOST])
