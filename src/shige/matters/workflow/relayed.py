"""Whoever wrote a matter down for somebody knows its code: it may be about them later (P3)."""

from shige.trust.service_history import kept_from

from ..models import Matter
from ..report import FILED, RELAYED
from .actors import sealed_of


def is_known_to_concerned(matter: Matter) -> bool:
    """Say whether the code of a matter is known to somebody at work whom it may be about, or was.

    Then the bare code tells nothing and takes nothing: its reporter is called at the telephone that was left.
    """
    if matter.source not in RELAYED:
        return False
    steps = matter.steps.order_by("-sealed").values_list("sealed", flat=True)
    seal = max(matter.sealed, steps.first() or 0)
    writers = matter.steps.filter(action=FILED).exclude(person=None).values_list("person", flat=True)
    return bool(kept_from(writers, sealed_of(matter, seal)))
