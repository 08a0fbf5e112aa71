"""Figures as data for the charts that the browser draws (`frontend/src/console/figures`)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .measures import Measures, Share
from .queries import FigureRow, Figures, Week

RATES: Final[dict[str, str | Promise]] = {
    "response": gettext_lazy("Response rate"),
    "resolution": gettext_lazy("Resolution rate"),
    "satisfaction": gettext_lazy("Satisfaction rate"),
}
LONGEST: Final = 15
"""Bars in a chart: of more rows the lowest are drawn; the table below holds them all."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its id in the page, its words, its data, and the rows of its table."""

    id: str
    title: str
    data: dict[str, Any]
    rows: tuple[tuple[str, Share], ...]
    left_out: int = 0


def rate_charts(found: Figures) -> list[Chart]:
    """Return a chart for each rate: bars with their median, or a line over the months."""
    draw = month_chart if found.by == "month" else bar_chart
    return [draw(found, name) for name in RATES]


def bar_chart(found: Figures, name: str) -> Chart:
    """Return the bars of one rate, the lowest rows where there are many."""
    share = share_of(name)
    told = sorted((row for row in found.rows if rate(share(row.measures)) is not None), key=by_rate(share))
    untold = [row for row in found.rows if rate(share(row.measures)) is None]
    rows = (told + untold)[:LONGEST]
    data: dict[str, Any] = {
        "type": "bars",
        "unit": "%",
        "rows": [bar(row.label, share(row.measures)) for row in rows],
    }
    middle = getattr(found.medians, name) if found.medians else None
    if middle is not None:
        data |= {"median": percent(middle), "median_label": pgettext("figures", "median")}
    shown = tuple((row.label, share(row.measures)) for row in rows)
    return Chart(f"chart-{name}", str(RATES[name]), data, shown, len(found.rows) - len(rows))


def bar(label: str, share: Share) -> dict[str, Any]:
    """Return one bar: a count of how many, then per cent; words where there is nothing to tell."""
    value = rate(share)
    if value is None:
        return {
            "name": label,
            "value": None,
            "few": _("too few to tell") if share.hidden else _("nothing due"),
        }
    return {"name": label, "value": value, "of": [share.part, share.of]}


def month_chart(found: Figures, name: str) -> Chart:
    """Return the line of one rate over the months of the period."""
    share = share_of(name)
    points = [(row.label, share(row.measures)) for row in found.rows]
    return line_chart(f"chart-{name}", str(RATES[name]), points, [])


def trend_charts(weeks: Sequence[Week]) -> list[Chart]:
    """Return a small line for each rate over the last weeks, last year's in grey behind it."""
    charts = []
    for name, title in RATES.items():
        share = share_of(name)
        points = [(f"{week.monday:%m-%d}", share(week.measures)) for week in weeks]
        past = [share(week.last_year) for week in weeks]
        charts.append(line_chart(f"trend-{name}", str(title), points, past))
    return charts


def line_chart(id: str, title: str, points: Iterable[tuple[str, Share]], past: Iterable[Share]) -> Chart:
    """Return a line chart; the past is drawn only where there is something to draw."""
    shown = tuple(points)
    before = [rate(share) for share in past]
    series: list[dict[str, Any]] = [
        {"name": pgettext("trend", "now"), "values": [rate(share) for label, share in shown]}
    ]
    if any(value is not None for value in before):
        series.insert(0, {"name": _("last year"), "values": before, "past": True})
    labels = [label for label, share in shown]
    return Chart(id, title, {"type": "trend", "unit": "%", "labels": labels, "series": series}, shown)


def share_of(name: str) -> Callable[[Measures], Share]:
    """Return the function that takes one measure out of a cell."""

    def take(measures: Measures) -> Share:
        share: Share = getattr(measures, name)
        return share

    return take


def by_rate(share: Callable[[Measures], Share]) -> Callable[[FigureRow], float]:
    """Return the order of rows from the lowest rate."""
    return lambda row: share(row.measures).rate or 0.0


def rate(share: Share) -> float | None:
    """Return a share in per cent with one decimal, or nothing where it cannot be told."""
    return None if share.rate is None else percent(share.rate)


def percent(value: float) -> float:
    """Return a part of 1 in per cent with one decimal."""
    return round(100 * value, 1)
