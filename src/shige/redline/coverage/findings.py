"""The grids of a day and what is found of them: lists and counts share one filter for each finding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shige.territory.models import Area, GridVersion
from shige.trust.gate import Viewer, visible
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment
from shige.trust.queries import today

from ..models import Standing
from ..rules import GRID_LEVELS


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of some grids on a day; ``label`` has a place for the profile's number.

    ``waits``: somebody has to do something about it.
    """

    name: str
    label: "str | Promise"
    filter: Callable[[date], Q]
    waits: bool = True

    @property
    def title(self) -> str:
        """The finding in words, with the number of the profile."""
        return str(self.label) % {"households": profile().grids.general.high}


def paired_levels() -> tuple[str, ...]:
    """Return the levels that the profile's pairs oversee, in their order."""
    return tuple(dict.fromkeys(pair.oversees for pair in profile().redline))


def grids_on(viewer: Viewer, day: date) -> QuerySet[Area]:
    """Return the grids that the pairs oversee and that are in force on a day, as far as the viewer may see.

    ``held`` is the version of the day. A pair may oversee divisions, such as streets; these are always there.
    """
    levels = paired_levels()
    there = Q(held__isnull=False)
    if divisions := [level for level in levels if level not in GRID_LEVELS]:
        there |= Q(kind=Area.Kind.DIVISION, level__in=divisions)
    held = FilteredRelation("versions", condition=Q(versions__valid__contains=day))
    rows = Area.objects.annotate(leaf_id=F("pk"), held=held)
    return rows.filter(visible(viewer, "redline.see"), there, level__in=levels)


def loose_on(viewer: Viewer, day: date) -> QuerySet[Standing]:
    """Return the organisations that stand on a day without a grid in force then, as the viewer sees."""
    in_force = GridVersion.objects.filter(area=OuterRef("area"), valid__contains=day)
    return standing_on(viewer, day).filter(Q(tied=False) | Q(~Exists(in_force), area__kind=Area.Kind.GRID))


def standing_on(viewer: Viewer, day: date) -> QuerySet[Standing]:
    """Return the organisations that stand on a day, as far as the viewer may see."""
    rows = Standing.objects.filter(valid__contains=day)
    if viewer.system:
        return rows
    seen = Area.objects.annotate(leaf_id=F("pk")).filter(visible(viewer, "redline.see"))
    return rows.filter(area__in=seen.values("pk"))


def own(day: date) -> QuerySet[Standing]:
    """Return the organisations that oversee the grid of the outer row on a day."""
    return Standing.objects.filter(area=OuterRef("pk"), tied=True, valid__contains=day)


def _covered(day: date) -> Q:
    return Q(Exists(own(day))) | _above(day)


def _gap(day: date) -> Q:
    return ~Q(Exists(own(day))) & ~_above(day)


def _stood_in(day: date) -> Q:
    return ~Q(Exists(own(day))) & _above(day)


def _above(day: date) -> Q:
    """Say of which grids an organisation of the level above takes care, where they have none."""
    found = Q(pk__in=[])
    for pair in profile().redline:
        if pair.otherwise is not None:
            there = {f"area__{pair.otherwise}": OuterRef(pair.otherwise), "area__level": pair.otherwise}
            if pair.otherwise in GRID_LEVELS:
                there["area__versions__valid__contains"] = day
            upper = Standing.objects.filter(tied=True, valid__contains=day, **there)
            # The level is asked first: asking upwards for every grid takes ten times as long.
            found |= Q(level=pair.oversees) & Q(Exists(upper))
    return found


def _no_overseer(day: date) -> Q:
    return Q(Exists(own(day).filter(overseer=None)))


def _vacant(day: date) -> Q:
    held = Appointment.objects.in_force(day).filter(post=OuterRef("overseer"))
    return Q(Exists(own(day).filter(~Exists(held), overseer__isnull=False)))


def _planned(day: date) -> Q:
    later = max(day, today())
    rows = Standing.objects.filter(area=OuterRef("pk"), tied=True)
    coming = Q(valid__startswith__gt=later) | Q(valid__contains=later, valid__upper_inf=False)
    return Q(Exists(rows.filter(coming)))


def is_over(area: Area, households: int | None) -> bool:
    """Say of a grid of a day what the finding "over" filters."""
    grids = profile().grids
    limited = area.level == Area.Level.GENERAL and not (grids.rural_by_group and area.rural)
    return limited and (households or 0) > grids.general.high


def _limited(_day: date) -> Q:
    whole = Q(level=Area.Level.GENERAL)
    return whole & Q(rural=False) if profile().grids.rural_by_group else whole


def _over(day: date) -> Q:
    return _limited(day) & Q(held__households__gt=profile().grids.general.high)


FINDINGS: Final[Mapping[str, Finding]] = {
    finding.name: finding
    for finding in (
        Finding("gap", _("Without an organisation"), _gap),
        Finding("no_overseer", _("Without an overseer"), _no_overseer),
        Finding("vacant", _("Overseer's post vacant"), _vacant),
        Finding("planned", _("Change planned"), _planned, waits=False),
        Finding("over", _("Over %(households)s households"), _over),
        Finding("covered", _("Overseen"), _covered, waits=False),
        Finding("stood_in", _("Overseen by the organisation above"), _stood_in, waits=False),
        Finding("limited", _("General grids with a limit of households"), _limited, waits=False),
    )
}
"""In the order in which they are offered."""

LOOSE: Final = "loose"
"""In a filter: the organisations without a grid in force, instead of grids."""

STRANDED: Final = "stranded"
"""Of such an organisation: its grid has ended."""


def finding_word(name: str) -> str:
    """Say a finding, also that of organisations without a grid."""
    of_organisations = {
        LOOSE: _("Organisations without a grid"),
        STRANDED: _("its grid is no longer in force"),
    }
    return str(of_organisations[name]) if name in of_organisations else FINDINGS[name].title
