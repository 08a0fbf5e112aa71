"""Warnings that were sent: those that stand at a place, those one sees, what came in meanwhile (R25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from shige.matters import clock
from shige.matters.visibility.areas import holding, inside, open_to_counting
from shige.territory.lineage import lineage_of
from shige.territory.models import Area, GridVersion
from shige.trust.gate import Lineage, Viewer, may
from shige.trust.queries import today

from ..models import DismissedProposal, SentWarning, WeatherSignal
from ..patterns import YEAR
from .proposals import counted_categories, heading_of

OFFICES: Final = ("district", "street", "community")
BELOW: Final[Mapping[str, tuple[str, ...]]] = {
    "district": ("street",),
    "street": ("community", "general", "exclusive"),
    "community": ("general", "exclusive"),
}
"""The parts among which an office of a level chooses where a warning goes."""

SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class StandingWarning:
    """A warning as residents read it: no counts, no persons (P8)."""

    title: str
    text: str
    office: str
    places: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many matters of its categories came in while a warning stood, and in the same days last year."""

    came: int
    last_year: int


def standing_at(lineage: Lineage) -> list[StandingWarning]:
    """Return the warnings that stand where a place lies, for anybody; two statements."""
    return _told(_standing().filter(areas__in=holding(lineage)).distinct())


def standing_everywhere() -> list[StandingWarning]:
    """Return all warnings that stand, for anybody; two statements."""
    return _told(_standing())


def offices_of(viewer: Viewer) -> list[Area]:
    """Return the own areas for which ``viewer`` sends warnings, the widest first; one statement."""
    areas = Area.objects.filter(level__in=OFFICES, kind=Area.Kind.DIVISION)
    if not viewer.system:
        areas = areas.filter(pk__in=[scope.area for scope in viewer.holding("warning.send")])
    return sorted(areas, key=lambda area: (OFFICES.index(area.level), area.sort_key))


def places_for(area: Area) -> list[Area]:
    """Return the parts of an office's area to which a warning can go, the whole first, then by code."""
    parts = Area.objects.filter(inside([area.pk]), level__in=BELOW[area.level]).exclude(pk=area.pk)
    grids = GridVersion.objects.filter(valid__contains=today()).exclude(level=Area.Level.COMMUNITY)
    valid = Q(kind=Area.Kind.DIVISION) | Q(pk__in=grids.values("area"))
    return [area, *parts.filter(valid).order_by("code")]


def warnings_seen(viewer: Viewer) -> QuerySet[SentWarning]:
    """Return the warnings that ``viewer`` may see: sent by an own office, or for a place of theirs."""
    if viewer.system:
        return SentWarning.objects.all()
    scopes = viewer.holding("matter.see")
    own = Area.objects.filter(pk__in=[scope.area for scope in scopes])
    seen = Q(area__in=own)
    for area in own:
        seen |= Q(areas__in=holding(lineage_of(area))) | inside([area.pk], "areas__")
    return SentWarning.objects.filter(pk__in=SentWarning.objects.filter(seen).values("pk"))


def standing_seen(viewer: Viewer) -> list[SentWarning]:
    """Return the warnings that stand and that ``viewer`` may see, the newest first; three statements."""
    valid = warnings_seen(viewer).filter(withdrawn_at=None, until__gt=clock.now())
    return _listed(valid)


def over_seen(viewer: Viewer) -> list[SentWarning]:
    """Return the warnings that are over and that ``viewer`` may see, the newest first; three statements."""
    return _listed(warnings_seen(viewer).exclude(withdrawn_at=None, until__gt=clock.now()))


def stands(warning: SentWarning) -> bool:
    """Say whether a warning stands now."""
    return warning.withdrawn_at is None and warning.until > clock.now()


def dismissed_in(area: Area) -> list[tuple[str, DismissedProposal]]:
    """Return what an office has put aside for now, by its title: who and why; at most two statements."""
    found = DismissedProposal.objects.filter(area=area, until__gt=clock.now())
    kept = list(found.select_related("post", "person").order_by("-pk")[:SHOWN])
    of_weather = [int(one.key.partition(":")[2]) for one in kept if one.key.startswith("weather:")]
    signals = WeatherSignal.objects.in_bulk(of_weather)
    return [(heading_of(one.key, signals) or one.title, one) for one in kept]


def outcome_of(viewer: Viewer, warning: SentWarning) -> Outcome | None:
    """Return what came in while a warning stood, once it is over, for its office; two statements.

    None also where all its categories are confidential, or it has none.
    """
    ended = warning.withdrawn_at or warning.until
    categories = set(warning.categories).intersection(counted_categories())
    if ended > clock.now() or not categories or not may(viewer, "warning.send", lineage_of(warning.area)):
        return None
    now = Q(reported_at__gte=warning.sent_at, reported_at__lt=ended)
    before = Q(reported_at__gte=warning.sent_at - YEAR, reported_at__lt=ended - YEAR)
    areas = list(warning.areas.values_list("pk", flat=True))
    came = open_to_counting(areas).filter(now | before, category__in=categories)
    return Outcome(
        **came.aggregate(came=Count("reported_at", filter=now), last_year=Count("reported_at", filter=before))
    )


def _standing() -> QuerySet[SentWarning]:
    return SentWarning.objects.filter(withdrawn_at=None, until__gt=clock.now())


def _listed(warnings: QuerySet[SentWarning]) -> list[SentWarning]:
    whole = warnings.select_related("area", "post").prefetch_related("areas")
    return list(whole.order_by("-sent_at", "-pk")[:SHOWN])


def _told(warnings: QuerySet[SentWarning]) -> list[StandingWarning]:
    return [
        StandingWarning(
            warning.said_title,
            warning.said_text,
            office=warning.area.name,
            places=tuple(_names(warning.areas.all())),
            until=warning.until,
        )
        for warning in _listed(warnings)
    ]


def _names(areas: Iterable[Area]) -> list[str]:
    return [area.name for area in sorted(areas, key=lambda area: area.code)]
