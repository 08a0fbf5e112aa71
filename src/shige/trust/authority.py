"""Who may staff which posts: only below the own level, never oneself (R14, R16)."""

from django.core.exceptions import PermissionDenied

from .gate import Lineage, Viewer
from .jurisdiction import profile


def may_staff(viewer: Viewer, level: str, lineage: Lineage) -> bool:
    """Say whether ``viewer`` may open, fill, end and close posts of a level in an area.

    The profile says which levels a role appoints to; they lie below its own, so nobody makes, raises or
    removes an equal, a superior or themself.
    """
    if viewer.system:
        return True
    return any(
        scope.covers(lineage) and level in profile().role(scope.role).appoints
        for scope in viewer.holding("team.edit")
    )


def require_staff(viewer: Viewer, level: str, lineage: Lineage) -> None:
    """Raise ``PermissionDenied`` unless ``viewer`` may staff posts of that level there."""
    if not may_staff(viewer, level, lineage):
        raise PermissionDenied(f"posts of the level {level} are staffed by a tier above it")
