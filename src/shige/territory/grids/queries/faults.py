"""What is unhealthy about a grid: too large, too long, nobody in charge; lists and counts share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from shige.profile import GridRules

from ...models import Area


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of grids of some levels; ``label`` has places for the profile's numbers."""

    name: str
    label: str | Promise
    levels: tuple[str, ...]

    def title(self, rules: GridRules) -> str:
        """Say the fault with the numbers of the profile."""
        return str(self.label) % {
            "households": rules.general.high,
            "doors": rules.micro.high,
            "hours": f"{rules.aim_hours:g}",
        }


FAULTS: Final[Mapping[str, Fault]] = {
    fault.name: fault
    for fault in (
        Fault(
            "general_over",
            gettext_lazy("General grids over %(households)s households"),
            (Area.Level.GENERAL,),
        ),
        Fault("micro_over", gettext_lazy("Micro-grids over %(doors)s doors"), (Area.Level.MICRO,)),
        Fault("long", gettext_lazy("Micro-grids with a round over %(hours)s hours"), (Area.Level.MICRO,)),
        Fault(
            "unstaffed",
            gettext_lazy("Grids with nobody in charge"),
            (Area.Level.COMMUNITY, Area.Level.GENERAL, Area.Level.MICRO, Area.Level.EXCLUSIVE),
        ),
    )
}
"""In the order in which they are shown. Whether a grid has a Party organisation is the red line's to say."""


def counted(fault: Fault, rules: GridRules) -> Q:
    """Return the filter on versions that leaves the grids of which the fault could be said."""
    whole = Q(level__in=fault.levels)
    if fault.name == "general_over" and rules.rural_by_group:
        whole &= Q(area__rural=False)  # there a general grid is whole villagers' groups, without bounds
    return whole


def faulty(fault: Fault, rules: GridRules) -> Q:
    """Return the filter on versions (with ``staffed``) that leaves the grids with the fault."""
    wrong = {
        "general_over": Q(households__gt=rules.general.high),
        "micro_over": Q(households__gt=rules.micro.high - F("shops")),
        "long": Q(hours__gt=rules.aim_hours),
        "unstaffed": Q(staffed=False),
    }
    return counted(fault, rules) & wrong[fault.name]
