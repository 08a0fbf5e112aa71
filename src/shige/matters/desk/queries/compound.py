"""Open matters of an oversized compound, counted by grid (R45)."""

from collections.abc import Iterable, Mapping

from django.db.models import Count

from shige.trust.gate import Viewer

from ...models import Matter
from ...workflow.actors import seen_by


def open_by_grid(viewer: Viewer, compounds: Iterable[int]) -> Mapping[int, int]:
    """Count by leaf grid the open matters in compounds that the viewer may see. One statement."""
    found = Matter.objects.filter(
        seen_by(viewer), open=True, building__compound__in=list(compounds), leaf__isnull=False
    )
    return dict(found.values_list("leaf").annotate(count=Count("pk")))
