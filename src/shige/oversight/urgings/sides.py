"""On which side of an urging somebody stands: the overseer's, or that of the post in charge (R10)."""

from dataclasses import dataclass

from django.db.models import Q

from shige.matters.workflow.actors import along, seen_by
from shige.trust.gate import Viewer

from ..models import Urging
from ..reach import overseen
from .acts import Side


@dataclass(frozen=True, slots=True)
class Standpoint:
    """By what somebody knows of urgings: organisations whose overseer they are today, and their posts.

    A post of an overseer that no organisation names today knows of none. ``matters`` is the filter of the
    urgings whose matter they may see: of a sealed one no post learns that somebody urges about it (P3).
    """

    organisations: frozenset[int]
    answering: frozenset[int]
    matters: Q

    @property
    def seen(self) -> Q:
        """Return the filter of the urgings of which they know."""
        asked = Q(asked__in=self.answering) | Q(office__in=self.answering)
        overseeing = Q(organisation__in=self.organisations) | Q(above__in=self.organisations)
        return overseeing | asked & self.matters

    def side(self, urging: Urging) -> Side:
        """Return the side from which they act; whoever is asked does not judge their own answer."""
        return "asked" if self.answering & {urging.asked_id, urging.office_id} else "overseer"


def standpoint_of(viewer: Viewer) -> Standpoint:
    """Return by what somebody knows of urgings; one statement."""
    open_to_all = Q(matter__sealed=0, matter__confidential=False)
    return Standpoint(
        organisations=frozenset(one.organisation for one in overseen(viewer)),
        answering=frozenset(scope.post for scope in viewer.holding("urging.answer")),
        matters=Q(matter=None) | along("matter", seen_by(viewer)) & open_to_all,
    )
