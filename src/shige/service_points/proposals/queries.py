"""Proposals for idle space: those that wait for the office, and the answers for everybody (R13)."""

from collections.abc import Sequence

from shige.trust.gate import Viewer, visible

from ..models import Proposal, ServicePoint

MOST = 200


def waiting_for(viewer: Viewer) -> Sequence[Proposal]:
    """Return the proposals that wait at points in use which ``viewer`` keeps, the oldest first."""
    kept = ServicePoint.objects.filter(visible(viewer, "service_point.edit"), ended_on=None)
    rows = Proposal.objects.filter(point__in=kept, state=Proposal.State.WAITING)
    return list(rows.select_related("point__community").order_by("pk")[:MOST])


def answered_at(point: int) -> Sequence[Proposal]:
    """Return the answered proposals of a point, the latest answer first; who proposed is not told."""
    rows = Proposal.objects.filter(point=point).exclude(state=Proposal.State.WAITING)
    return list(rows.order_by("-answered_at")[:MOST])
