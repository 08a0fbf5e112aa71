"""Who may staff which posts: only below the own level, never oneself (R14, R16)."""

from django.core.exceptions import PermissionDenied

from .gate import Lineage, Viewer
from .jurisdiction import profile
from .models import Post


def may_staff(viewer: Viewer, post: Post, lineage: Lineage) -> bool:
    """Say whether ``viewer`` may open, fill, end and close a post (its area loaded).

    The profile says which levels a role appoints to; they lie below its own, so nobody makes, raises or
    removes an equal, a superior or themself. Of an overseer it says from which levels, not from those that
    are overseen, and may name the roles that do, such as the Party organisation's (R10).
    """
    if viewer.system:
        return True
    rules, level = profile(), post.area.level
    filled = rules.role(post.role)
    return any(
        scope.covers(lineage)
        and level in rules.role(scope.role).appoints
        and (not filled.appointed_from or scope.level in filled.appointed_from)
        and (not filled.appointed_by or scope.role in filled.appointed_by)
        for scope in viewer.holding("team.edit")
    )


def require_staff(viewer: Viewer, post: Post, lineage: Lineage) -> None:
    """Raise ``PermissionDenied`` unless ``viewer`` may staff that post."""
    if not may_staff(viewer, post, lineage):
        raise PermissionDenied(f"posts like {post.role} of {post.area.level} are staffed by a tier above")
