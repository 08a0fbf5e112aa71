"""What is behind a number of the figures: the list of exactly the matters that it counts (R28)."""

from collections.abc import Callable, Mapping
from typing import Final

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shige.matters.lists.queries.circumstances import Circumstance
from shige.matters.workflow.actors import seen_in_area
from shige.trust.gate import Viewer

from .guarded import cases_seen
from .measures import conditions
from .queries import complete_until

TITLES: Final[Mapping[str, Promise]] = {
    "open_of": _("In the figures"),
    "open_part": _("In the figures: still open"),
    "late_part": _("In the figures: late"),
    "response_of": _("In the figures: answered or due"),
    "response_part": _("In the figures: answered in time"),
    "resolution_of": _("In the figures: solved or due"),
    "resolution_part": _("In the figures: solved in time and confirmed"),
    "satisfaction_of": _("In the figures: rated"),
    "satisfaction_part": _("In the figures: content"),
    "unconfirmable_of": _("In the figures: closed"),
    "unconfirmable_part": _("In the figures: unconfirmable"),
}
"""What figures count, as the filter bar of matters says it."""


def circumstance_of(measure: str) -> str:
    """Return under which name the filter bar knows what a number counts."""
    return f"figure_{measure}"


def counted_cases(measure: str) -> Callable[[Viewer], Q]:
    """Return the filter of the matters that a number counts; stars are for whoever dispatches there (P8)."""

    def here(viewer: Viewer) -> Q:
        cases = cases_seen(viewer).filter(conditions(complete_until())[measure])
        stars = measure.startswith("satisfaction")
        told = seen_in_area(viewer, "matter.dispatch") if stars else Q()
        return Q(Exists(cases.filter(matter=Cast(OuterRef("pk"), CharField())))) & told

    return here


CIRCUMSTANCES: Final = {
    circumstance_of(measure): Circumstance(title, counted_cases(measure)) for measure, title in TITLES.items()
}
