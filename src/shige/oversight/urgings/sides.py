"""On which side of an urging somebody stands: the overseer's, or that of the post in charge (R10)."""

from dataclasses import dataclass

from django.db.models import Q

from shige.trust.gate import Viewer

from ..models import Urging
from ..reach import overseen
from .acts import Side


@dataclass(frozen=True, slots=True)
class Standpoint:
    """By what somebody knows of urgings: organisations whose overseer they are today, and their posts.

    A post of an overseer that no organisation names today knows of none.
    """

    organisations: frozenset[int]
    overseeing: frozenset[int]
    answering: frozenset[int]

    @property
    def seen(self) -> Q:
        """Return the filter of the urgings of which they know."""
        posts = self.overseeing | self.answering
        return Q(organisation__in=self.organisations) | Q(asked__in=self.answering) | Q(above__in=posts)

    def side(self, urging: Urging) -> Side:
        """Return the side from which they act; whoever is asked does not judge their own answer."""
        return "asked" if self.answering & {urging.asked_id, urging.above_id} else "overseer"


def standpoint_of(viewer: Viewer) -> Standpoint:
    """Return by what somebody knows of urgings; one statement."""
    held, named = viewer.holding, overseen(viewer)
    return Standpoint(
        organisations=frozenset(one.organisation for one in named),
        overseeing=frozenset(one.post for one in named),
        answering=frozenset(scope.post for scope in held("urging.answer")),
    )
