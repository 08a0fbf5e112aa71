"""What organisations adopted: the list, and the year's figure, both from one filter (R12).

A wish that is sealed by now, or whose public words are gone, is in neither.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from shige.matters.categories import category_name
from shige.matters.models import Matter
from shige.matters.workflow.workflows import WISH, state_label
from shige.redline.models import Standing
from shige.redline.reach import organisations_of
from shige.trust.gate import Viewer, require, visible
from shige.trust.queries import today

from .models import Adoption

PAGE: Final = 30
FULFILLED: Final = "closed"


@dataclass(frozen=True, slots=True)
class AdoptionFilter:
    """Wishes adopted in a year, or with ``fulfilled`` those that came true in it; each wish once."""

    year: int
    community: str = ""
    organisation: int | None = None
    fulfilled: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """One wish and the organisation that adopted it (last, in the time asked for); nobody is named."""

    pk: int
    words: str
    category: str
    community: str
    organisation: str
    claimed_at: datetime
    contact_by: datetime
    contacted_at: datetime | None
    state: str
    state_label: str
    ended: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class AdoptionPage:
    """A page of the list, the newest first."""

    rows: tuple[AdoptionRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """How many wishes one community, or one organisation, adopted and fulfilled; ``key`` opens the list."""

    key: str
    name: str
    adopted: int
    fulfilled: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The year's figure of what the viewer sees, by community and by organisation."""

    year: int
    years: tuple[int, ...]
    adopted: int
    fulfilled: int
    communities: tuple[FigureRow, ...]
    organisations: tuple[FigureRow, ...]


def adoptions(viewer: Viewer, chosen: AdoptionFilter) -> AdoptionPage:
    """Return a page of what organisations adopted or fulfilled."""
    require(viewer, "adoption.see")
    found = _found(viewer, chosen)
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(chosen.page, 1), pages)
    wanted = Adoption.objects.filter(pk__in=found.values("pk")).order_by("-claim__claimed_at", "-pk")
    related = wanted.select_related("claim__matter__community", "claim__matter__street")
    rows = list(related[(page - 1) * PAGE : page * PAGE])
    own = organisations_of(viewer, "adoption.adopt")
    names = names_of(row.organisation_id for row in rows)
    return AdoptionPage(tuple(_row(row, names, own) for row in rows), total, page, pages)


def figures(viewer: Viewer, year: int) -> Figures:
    """Count the wishes of a year, by community and by organisation; each count is the length of its list."""
    require(viewer, "adoption.see")
    chosen = AdoptionFilter(year)
    done = replace(chosen, fulfilled=True)
    seen = _seen(viewer)
    communities = seen.order_by("claim__matter__community__sort_key").values_list(
        "claim__matter__community__code", "claim__matter__community__name"
    )
    numbers = sorted(set(seen.values_list("organisation", flat=True)))
    names = names_of(numbers)
    adopted, fulfilled = _by_community(viewer, chosen), _by_community(viewer, done)
    by_community = [
        FigureRow(code, name, adopted[code], fulfilled[code])
        for code, name in dict.fromkeys(communities)
        if code
    ]
    first = seen.order_by("claim__claimed_at").values_list("claim__claimed_at", flat=True).first()
    begun = localtime(first).year if first else today().year
    return Figures(
        year=year,
        years=tuple(range(today().year, min(begun, today().year) - 1, -1)),
        adopted=_found(viewer, chosen).count(),
        fulfilled=_found(viewer, done).count(),
        communities=tuple(by_community),
        organisations=tuple(
            FigureRow(
                str(number),
                names[number],
                _found(viewer, replace(chosen, organisation=number)).count(),
                _found(viewer, replace(done, organisation=number)).count(),
            )
            for number in numbers
        ),
    )


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """Return what organisations are called today, or were last."""
    rows = Standing.objects.filter(organisation__in=set(numbers), valid__startswith__lte=today())
    return dict(rows.order_by("valid").values_list("organisation", "name"))


def _by_community(viewer: Viewer, chosen: AdoptionFilter) -> Counter[str]:
    """Return how many wishes of each community a filter finds."""
    found = Adoption.objects.filter(pk__in=_found(viewer, chosen).values("pk"))
    return Counter(found.values_list("claim__matter__community__code", flat=True))


def _seen(viewer: Viewer) -> QuerySet[Adoption]:
    public = Matter.objects.filter(visible(viewer, "adoption.see"), kind=WISH, sealed=0).exclude(gist="")
    return Adoption.objects.filter(claim__matter__in=public)


def _found(viewer: Viewer, chosen: AdoptionFilter) -> QuerySet[Adoption]:
    """Return the adoptions of a filter, of each wish the last one."""
    found = _seen(viewer)
    if chosen.fulfilled:
        told = Q(claim__ended_at=None, claim__matter__state=FULFILLED)
        found = found.filter(told, claim__matter__closed_at__year=chosen.year)
    else:
        found = found.filter(claim__claimed_at__year=chosen.year)
    if chosen.community:
        found = found.filter(claim__matter__community__code=chosen.community)
    if chosen.organisation is not None:
        found = found.filter(organisation=chosen.organisation)
    return found.order_by("claim__matter", "-pk").distinct("claim__matter")


def _row(adoption: Adoption, names: dict[int, str], own: Iterable[int]) -> AdoptionRow:
    claim, matter = adoption.claim, adoption.claim.matter
    area = matter.community or matter.street
    ended = claim.ended_at is not None
    return AdoptionRow(
        pk=adoption.pk,
        words=matter.gist,
        category=category_name(matter.category),
        community=area.name if area else "",
        organisation=names.get(adoption.organisation_id, ""),
        claimed_at=claim.claimed_at,
        contact_by=claim.contact_by,
        contacted_at=claim.contacted_at,
        state=matter.state,
        state_label=state_label(matter.kind, matter.state),
        ended=ended,
        may_withdraw=not ended and matter.state == "claimed" and adoption.organisation_id in own,
    )
