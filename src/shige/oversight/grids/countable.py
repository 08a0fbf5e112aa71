"""Which matters may count before overseers at all (R10, P3, P4)."""

from django.db.models import Exists, OuterRef, QuerySet

from shige.matters.models import Matter, Step
from shige.profile import GUARDED
from shige.trust.jurisdiction import profile
from shige.trust.models import Recusal
from shige.trust.queries import held_today

from ..reach import named_today

RELEASED = "release"
"""The step by which a seal was lifted."""


def countable() -> QuerySet[Matter]:
    """Return the matters that may count: none confidential or sealed, no danger, none about an overseer.

    Nor what was sealed once, for whatever reason, or is of a kind that is: its release brings it before
    nobody here.
    """
    kept = [leaf.code for leaf in profile().leaf_categories if leaf.seal or leaf.never_mediate]
    plain = Matter.objects.filter(confidential=False, sealed=0, endangered=False)
    plain = plain.exclude(kind=GUARDED).exclude(category__in=kept).exclude(state=Matter.State.MERGED)
    overseers = held_today().filter(post__in=named_today().values("overseer")).values("person")
    meant = Recusal.objects.filter(matter=OuterRef("pk"), person__in=overseers)
    released = Step.objects.filter(matter=OuterRef("pk"), action=RELEASED)
    return plain.exclude(Exists(released)).exclude(Exists(meant))
