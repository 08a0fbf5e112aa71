"""Let what was decided for today show in the areas' own rows."""

from django.db import transaction
from django.db.models import F, Q

from shige.trust.models import Post
from shige.trust.queries import today

from ...intake.commands.divisions import sort_key
from ...models import Area, GridVersion
from ...things.commands import follow_grids


@transaction.atomic
def bring_into_force() -> int:
    """Hang every grid where its version of today says, under its name of today; return how many changed.

    Runs when a plan is decided and once a day, for plans decided for a later date. The journal holds the
    change since the decision; this only makes the lists' columns follow, and the names of posts.
    """
    changed = (
        GridVersion.objects.filter(valid__contains=today())
        .exclude(Q(area__parent=F("parent")) & (Q(name="") | Q(area__name=F("name"))))
        .select_related("area", "parent")
    )
    areas = []
    for version in changed:
        area, parent = version.area, version.parent
        area.parent = parent
        if area.level == Area.Level.MICRO:
            area.general = parent
        if version.called != area.name:
            rename_posts(area, version.called)
            area.name, area.sort_key = version.called, sort_key(version.called)
        areas.append(area)
    Area.objects.bulk_update(areas, ["parent", "general", "name", "sort_key"], batch_size=500)
    follow_grids()
    return len(areas)


def rename_posts(area: Area, name: str) -> None:
    """Let the open posts of a grid bear its new name where they bore the old one."""
    posts = list(Post.objects.filter(area=area, closed_at=None, name__startswith=area.name))
    for post in posts:
        post.name = f"{name}{post.name.removeprefix(area.name)}"
    Post.objects.bulk_update(posts, ["name"])
