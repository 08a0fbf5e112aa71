"""Pages of the figures: what was answered, solved and found good, where and when (R28)."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from shige.files.spreadsheets import csv_file, excel_file
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import note_export
from shige.trust.gate import Viewer, may, require
from shige.trust.jurisdiction import profile
from shige.trust.page_access import staff_page, viewer_in

from .behind import TITLES, circumstance_of
from .charts import RATES, Chart, percent, rate_charts, trend_charts
from .closed_months import tells_categories, told_figures, with_told_stars
from .exports import HEADING, table_of
from .forms import FiguresForm, Question
from .guarded import Month, guarded_months, guarded_told
from .labels import OUTSIDE
from .measures import Share
from .periods import month_within
from .publication import told_periods
from .queries import GRID_BY, FigureRow, Figures, at_work, figures, sees_stars, trend

MATTERS: Final = "/office/matters/"
"""Where the matters behind a number are listed; an address, as this room reads the journal alone."""

UNKNOWN: Final = "—"

KINDS: Final = ("csv", "xlsx")
"""As which files figures are handed out."""


@staff_page("figures.see")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the figures of an area and a span of time, with what is behind each number."""
    viewer = viewer_in(request)
    area = chosen_area(viewer, request.GET.get("area", ""))
    inside = at_work(viewer, area)
    form = _form(request, viewer, area, fixed=not inside)
    context: dict[str, Any] = {"form": form, "area": area, "upper": upper_areas(viewer, area)}
    if form.is_valid():
        asked = form.question()
        found = answer(viewer, asked, area, shared=not inside)
        stars = asked.closed is not None or sees_stars(viewer, area)
        behind = Behind(asked, area, stars=sees_stars(viewer, area))
        context |= {
            "figures": found,
            "asked": asked,
            "cards": cards(found, behind, stars=stars),
            "rows": [behind.row(row) for row in found.rows],
            "charts": _without_stars(rate_charts(found), stars),
            "trends": _without_stars(_trends(viewer, asked, area), stars) if inside else (),
            "stars": stars,
            "stars_of_closed": not sees_stars(viewer, area),
            "under": 0 if inside else profile().suppress_under,
            "query": urlencode({**request.GET.dict(), "by": asked.by}),
            "guarded": _guarded(asked, area, inside=inside),
        }
    return render(request, "insight/figures.html", context)


@staff_page("figures.see")
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the figures of a closed period as a file, without what may not be told, whoever asks (P8)."""
    viewer = viewer_in(request)
    area = chosen_area(viewer, request.GET.get("area", ""))
    form = _form(request, viewer, area, fixed=True)
    if kind not in KINDS or not form.is_valid():
        raise Http404("no such closed period")
    asked = form.question()
    found = answer(viewer, asked, area, shared=True)
    note_export(viewer, "figures", len(found.rows))
    rows = table_of(found, area.name if area else _("All my areas"))
    name = "-".join(
        ["figures", area.code if area else "all", f"{asked.period.first}", f"{asked.period.last}"]
    )
    if kind == "csv":
        return csv_file(name, rows)
    return excel_file(name, _("Figures"), rows, bold=[HEADING], freeze="C6", widths=(22, 28))


def _form(request: HttpRequest, viewer: Viewer, area: Area | None, *, fixed: bool) -> FiguresForm:
    kinds = tells_categories(viewer, area)
    return FiguresForm(request.GET.dict(), area, told_periods(), fixed=fixed, kinds=kinds)


def answer(viewer: Viewer, asked: Question, area: Area | None, *, shared: bool = False) -> Figures:
    """Return the figures that a question asks for."""
    if shared and asked.closed is not None:
        return told_figures(viewer, asked.closed, asked.by, area, asked.category)
    period = asked.period
    found = figures(viewer, period.since, period.until, asked.by, area, asked.category)
    if asked.closed is None or sees_stars(viewer, area):
        return found
    return with_told_stars(found, told_figures(viewer, asked.closed, asked.by, area, asked.category))


def _guarded(asked: Question, area: Area | None, *, inside: bool) -> tuple[Month, ...]:
    if asked.closed is not None and not inside:
        return guarded_told(area, asked.closed.months)
    return guarded_months(area, asked.period.since, asked.period.until)


def _trends(viewer: Viewer, asked: Question, area: Area | None) -> list[Chart]:
    return trend_charts(trend(viewer, asked.period.until, area, asked.category))


def chosen_area(viewer: Viewer, code: str) -> Area | None:
    """Return the area that is asked for, else the viewer's own where there is one."""
    areas = Area.objects.select_related("street", "community", "general", "district")
    if code:
        found = get_object_or_404(areas, code=code)
        require(viewer, "figures.see", lineage_of(found))
        return found
    own = {scope.area for scope in viewer.holding("figures.see")}
    return areas.get(pk=own.pop()) if len(own) == 1 else None


def upper_areas(viewer: Viewer, area: Area | None) -> list[Area]:
    """Return the areas above this one that the viewer may see figures of, the widest first."""
    if area is None:
        return []
    line = [area.district, area.street, area.community, area.general]
    above = [upper for upper in line if upper is not None and upper.pk != area.pk]
    return [upper for upper in above if may(viewer, "figures.see", lineage_of(upper))]


def _without_stars(charts: list[Chart], stars: bool) -> list[Chart]:
    """Leave out the charts of satisfaction where nothing of it is told."""
    return [chart for chart in charts if stars or not chart.id.endswith("-satisfaction")]


def cards(found: Figures, behind: "Behind", *, stars: bool = True) -> list[dict[str, Any]]:
    """Return the large numbers at the top; without ``stars`` it says where satisfaction stands."""
    few = _("too few to tell")
    open_, late = found.total.open, found.total.late
    links = behind.lists({}) if found.all_listed else {}
    shown: list[dict[str, Any]] = [
        {
            "label": _("Received"),
            "value": UNKNOWN if open_.hidden else open_.of,
            "note": few if open_.hidden else "",
            "url": links.get("open_of", ""),
        },
        {
            "label": _("Still open"),
            "value": UNKNOWN if open_.part is None else open_.part,
            "note": few if open_.part is None else "",
            "url": links.get("open_part", ""),
        },
        {
            "label": pgettext("figures", "Late"),
            "value": UNKNOWN if late.hidden else late.part,
            "note": few if late.hidden else "",
            "url": links.get("late_part", ""),
            "level": "late" if late.part else "",
        },
    ]
    for name, title in RATES.items():
        share: Share = getattr(found.total, name)
        said = note(found, name, share)
        if share.hidden:
            said = " · ".join(part for part in (few, said) if part)
        if name == "satisfaction" and not stars:
            said = _("only of closed months, quarters and years")
        told = bool(share.of)
        shown.append(
            {
                "label": title,
                "value": share.part if told else UNKNOWN,
                "of": share.of or "",
                "note": said,
                "url": links.get(f"{name}_part", "") if told else "",
                "of_url": links.get(f"{name}_of", "") if told else "",
            }
        )
    return shown


def note(found: Figures, name: str, share: Share) -> str:
    """Say a share in per cent, beside the median of like areas where there is one."""
    said = [] if share.rate is None else [f"{percent(share.rate)}%"]
    middle = getattr(found.medians, name) if found.medians else None
    if middle is not None:
        said.append(_("median of like areas %(rate)s%%") % {"rate": percent(middle)})
    return " · ".join(said)


class Behind:
    """Addresses of what is behind a number; none for whoever may not list all that it counts (R10)."""

    def __init__(self, asked: Question, area: Area | None, *, stars: bool) -> None:
        self.asked, self.area = asked, area
        self.measures = [name for name in TITLES if stars or not name.startswith("satisfaction")]

    def lists(self, filters: Mapping[str, str]) -> dict[str, str]:
        """Return the list of the matters that each number of a cell counts."""
        known = {
            "state": "all",
            "grid": self.area.code if self.area else "",
            "category": self.asked.category,
            "since": f"{self.asked.period.first}",
            "until": f"{self.asked.period.last}",
            **filters,
        }
        query = urlencode({name: value for name, value in known.items() if value})
        return {name: f"{MATTERS}?{query}&circumstance={circumstance_of(name)}" for name in self.measures}

    def row(self, row: FigureRow) -> dict[str, Any]:
        """Return a row of the table with its addresses."""
        lists = self.lists(self.narrowed(row)) if row.all_listed else {}
        return {"row": row, "lists": lists, "closer": self.closer(row)}

    def narrowed(self, row: FigureRow) -> dict[str, str]:
        """Return the filters of a row's matters."""
        if row.key == OUTSIDE:
            return {"outside": self.asked.by}
        if self.asked.by == "month":
            first, last = month_within(row.key, self.asked.period)
            return {"since": f"{first}", "until": f"{last}"}
        if self.asked.by in GRID_BY:
            return {"grid": row.key}
        alone = self.asked.category and "." not in row.key  # the matters of a top category itself
        return {"category": f"{row.key}." if alone else row.key}

    def _same_time(self) -> dict[str, str]:
        """Return the filters of the question's own time."""
        if self.asked.closed is not None:
            return {"period": self.asked.closed.key}
        period = self.asked.period
        return {"period": "custom", "since": f"{period.first}", "until": f"{period.last}"}

    def closer(self, row: FigureRow) -> str:
        """Return the figures of the row's own area, category or month."""
        narrowed = self.narrowed(row)
        if "outside" in narrowed or narrowed.get("category", "").endswith("."):
            return ""
        known = {
            "area": narrowed.pop("grid", self.area.code if self.area else ""),
            "category": self.asked.category,
        } | (self._same_time() | narrowed)
        return reverse("insight:figures") + "?" + urlencode({k: v for k, v in known.items() if v})
