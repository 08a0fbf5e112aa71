"""What an office could warn of today: weather, season, last year's pattern at a place (R25)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final

from django.db.models import Count, Q
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from shige.matters import clock
from shige.matters.bilingual import Bilingual, in_both
from shige.matters.categories import category_name
from shige.matters.visibility.areas import holding, inside, open_to_counting
from shige.profile import Text
from shige.profile.foresight import coming
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import language, profile
from shige.worktime import spring_festival

from ..models import DismissedProposal, SentWarning, WeatherSignal
from ..patterns import WINDOW, YEAR, stands_out, usual

SHOWN: Final = 20
TITLE_LIMIT: Final = 40

COLOURS: Final = {
    "blue": pgettext_lazy("weather", "blue"),
    "yellow": pgettext_lazy("weather", "yellow"),
    "orange": pgettext_lazy("weather", "orange"),
    "red": pgettext_lazy("weather", "red"),
}

Cell = tuple[int, str]
"""An area and a category."""


@dataclass(frozen=True, slots=True)
class Proposal(Bilingual):
    """One warning that could be sent: the words to edit, why it is proposed, where, and until when.

    ``key`` is the same as long as the cause lasts, so that what was sent or put aside stays so. The words
    stand in both languages of the place, whoever looks; ``evidence`` is in the reader's.
    """

    key: str
    title: str
    text: str
    title_other: str
    text_other: str
    evidence: str
    categories: tuple[str, ...]
    place: Area
    ends: datetime


def proposals_for(viewer: Viewer, area: Area) -> list[Proposal]:
    """Return what could be warned of in an office's area, without what was sent or put aside there.

    Raises
    ------
    PermissionDenied
        ``viewer`` sends no warnings in ``area``.
    """
    require(viewer, "warning.send", lineage_of(area))
    taken = _taken(area)
    found = [*_of_weather(area), *_of_season(area), *_of_last_year(area)]
    return [proposal for proposal in found if proposal.key not in taken]


def counted_categories() -> list[str]:
    """Return the categories whose matters may be counted for a warning: none that is confidential (P3)."""
    return [leaf.code for leaf in profile().leaf_categories if leaf.impersonal and not leaf.seal]


def weather_name(kind: str, colour: str) -> str:
    """Return the words for a signal, as in 暴雨黄色预警."""
    name = profile().weather_kind(kind).name.in_language(language())
    return _("%(kind)s: %(colour)s warning") % {"kind": name, "colour": COLOURS[colour]}


def heading_of(key: str, signals: Mapping[int, WeatherSignal]) -> str:
    """Return the title that a key names, in the reader's language; empty where its cause is no more."""
    cause, _colon, rest = key.partition(":")
    if cause == "pattern":
        return _pattern_title(rest.partition(":")[0])
    if cause == "season":
        names = (season.name for season in profile().seasons if season.code == rest)
        return next(map(_told, names), "")
    signal = signals.get(int(rest))
    known = signal is not None and any(kind.code == signal.kind for kind in profile().weather)
    return weather_name(signal.kind, signal.colour) if signal and known else ""


def signals_over(area: Area) -> list[WeatherSignal]:
    """Return the weather signals that hold or will hold in an area or a part of it; one statement."""
    kinds = [kind.code for kind in profile().weather]
    valid = WeatherSignal.objects.filter(lifted_at=None, until__gt=clock.now(), kind__in=kinds)
    here = Q(area__in=holding(lineage_of(area))) | inside([area.pk], "area__")
    return list(valid.filter(here).select_related("area").order_by("since", "pk"))


def _taken(area: Area) -> set[str]:
    now = clock.now()
    aside = DismissedProposal.objects.filter(area=area, until__gt=now).values_list("key")
    sent = SentWarning.objects.filter(area=area, until__gt=now, withdrawn_at=None).values_list("key")
    return {key for (key,) in aside.union(sent)}


def _of_weather(area: Area) -> Iterator[Proposal]:
    around = holding(lineage_of(area))
    for signal in signals_over(area):
        kind = profile().weather_kind(signal.kind)
        title, title_other = in_both(partial(weather_name, signal.kind, signal.colour))
        text, text_other = in_both(partial(_told, kind.text))
        yield Proposal(
            key=f"weather:{signal.pk}",
            title=title,
            text=text,
            title_other=title_other,
            text_other=text_other,
            evidence=_("A weather signal is in force for %(area)s.") % {"area": signal.area.name},
            categories=kind.categories,
            place=area if signal.area_id in around else signal.area,
            ends=signal.until,
        )


def _of_season(area: Area) -> Iterator[Proposal]:
    day = localdate(clock.now())
    for season in profile().seasons:
        span = coming(season, day, spring_festival)
        if span is not None:
            title, title_other = in_both(partial(_told, season.name))
            text, text_other = in_both(partial(_told, season.text))
            yield Proposal(
                key=f"season:{season.code}",
                title=title,
                text=text,
                title_other=title_other,
                text_other=text_other,
                evidence=_("The season lasts from %(first)s to %(last)s.")
                % {"first": f"{span.first:%m-%d}", "last": f"{span.last:%m-%d}"},
                categories=season.categories,
                place=area,
                ends=make_aware(datetime.combine(span.last + timedelta(days=1), time.min)),
            )


def _of_last_year(area: Area) -> list[Proposal]:
    """Return where the four weeks that begin today stood out a year ago, the most matters first.

    A general grid is named only where its whole community does not stand out; two statements.
    """
    then, others, parent = _counted(area)
    standing = {cell for cell in then if stands_out(then[cell], others[cell])}
    chosen = [cell for cell in standing if (parent.get(cell[0]), cell[1]) not in standing]
    chosen.sort(key=lambda cell: (-then[cell], cell))
    places = Area.objects.in_bulk({place for place, _category in chosen[:SHOWN]})
    return [
        _pattern(places[place], category, then[place, category], usual(others[place, category]))
        for place, category in chosen[:SHOWN]
    ]


def _counted(area: Area) -> tuple[Counter[Cell], Counter[Cell], dict[int, int]]:
    """Count the first window and the others for each community and general grid, in one statement."""
    until = make_aware(datetime.combine(localdate(clock.now()), time.min))
    since = until - YEAR
    came = open_to_counting([area.pk]).filter(
        category__in=counted_categories(), reported_at__gte=since, reported_at__lt=until
    )
    rows: Any = (
        came.order_by()
        .values_list("community", "general", "category")
        .annotate(then=Count("reported_at", filter=Q(reported_at__lt=since + WINDOW)), whole=Count("*"))
    )
    then, others = Counter[Cell](), Counter[Cell]()
    parent: dict[int, int] = {}
    for community, general, category, first, whole in rows:
        for place in (community, general):
            if place is not None:
                then[place, category] += first
                others[place, category] += whole - first
        if general is not None:
            parent[general] = community
    return then, others, parent


def _pattern(place: Area, category: str, then: int, mean: float) -> Proposal:
    title, title_other = in_both(partial(_pattern_title, category))
    text, text_other = in_both(partial(_pattern_text, category, place))
    return Proposal(
        key=f"pattern:{category}:{place.pk}",
        title=title,
        text=text,
        title_other=title_other,
        text_other=text_other,
        evidence=_(
            "%(place)s: last year %(then)d such matters in these four weeks, usually %(mean)s in four weeks."
        )
        % {"place": place.name, "then": then, "mean": f"{mean:.1f}".removesuffix(".0")},
        categories=(category,),
        place=place,
        ends=clock.now() + WINDOW,
    )


def _pattern_title(category: str) -> str:
    """Return the title of a pattern; the bare category where a long name leaves no room for more."""
    name = category_name(category)
    whole = _("%(category)s: a busy time last year") % {"category": name}
    return whole if len(whole) <= TITLE_LIMIT else name[:TITLE_LIMIT]


def _pattern_text(category: str, place: Area) -> str:
    return _(
        "Last year at this time more was reported about “%(category)s” in %(place)s than usual. "
        "Please look around, and tell us early if you notice something."
    ) % {"category": category_name(category), "place": place.name}


def _told(text: Text) -> str:
    return text.in_language(language())
