"""What was reported with a yes to the question of danger and nobody has taken yet (P4)."""

from django.db.models import Exists, OuterRef

from shige.trust.gate import Viewer
from shige.trust.permissions import TASKED, highest_role, roles_of

from ..danger.guarded import trained_role
from ..lists.queries.rows import MatterRow, rows_of
from ..models import Matter, Step
from ..report import ENDANGERED
from ..workflow.actors import seen_by

SHOWN = 50


def endangered(viewer: Viewer) -> list[MatterRow]:
    """Return what ``viewer`` may see of it, the longest waiting first; one statement.

    Only whoever is trained to look, or is called for danger, has any. Public hazards are not
    among them: they are in sight of all, under their own date.
    """
    called = {trained_role(), highest_role()} | roles_of(TASKED)
    if not any(scope.role in called for scope in viewer.scopes):
        return []
    said = Step.objects.filter(matter=OuterRef("pk"), action=ENDANGERED)
    waits = Matter.objects.filter(
        seen_by(viewer), Exists(said), state=Matter.State.NEW, open=True, sealed__gt=0
    )
    return rows_of(waits.order_by("reported_at", "pk")[:SHOWN])
