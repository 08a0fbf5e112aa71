"""Pages of the coverage: the list of grids, before and now with each area, month by month."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from shige.files.spreadsheets import Row as Written
from shige.files.spreadsheets import excel_file
from shige.trust.commands import note_export
from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import today

from ..rules import kind_name, level_name
from .counts import Coverage, Part, Share, coverage, first_day, months
from .findings import finding_word
from .forms import DaysForm, ListForm
from .listing import PAGE, Row, Wanted, every_row, found_count, found_rows
from .panels import COVERAGE_PANELS
from .places import Place, place_of


@staff_page("redline.see")
@require_safe
def grids(request: HttpRequest) -> HttpResponse:
    """List the grids of an area with who oversees them, or the organisations without a grid."""
    viewer = viewer_in(request)
    form, wanted = ListForm(request.GET), wanted_in(request)
    count, at = found_count(viewer, wanted), page_asked(request)
    rows = found_rows(viewer, wanted, (at - 1) * PAGE)
    if at > 1 and not rows:
        raise Http404(str(at))
    shown = {
        "around": wanted.place,
        "form": form,
        "rows": rows,
        "state": wanted.state,
        "count": count,
        "day": wanted.day,
        "is_today": wanted.day == today(),
        "asked": query_of(request),
        "previous_url": beside(request, at - 1) if at > 1 else "",
        "next_url": beside(request, at + 1) if at * PAGE < count else "",
    }
    return render(request, "redline/grids.html", shown)


@staff_page("redline.see")
@require_safe
def grids_export(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a table, as it is filtered and sorted."""
    viewer = viewer_in(request)
    wanted = wanted_in(request)
    rows = list(every_row(viewer, wanted))
    note_export(viewer, "organisation", len(rows))
    heading = (
        _("Grid"), _("Code"), _("Level"), _("Community"), _("Households"), _("Organisation"), _("Overseer"),
        _("What is found"),
    )  # fmt: skip
    name = f"redline-{wanted.day:%Y%m%d}"
    widths = (24, 22, 14, 18, 12, 32, 32, 24)
    return excel_file(name, _("One red line"), [heading, *map(written, rows)], bold=[0], widths=widths)


@staff_page("redline.see")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how far the line of an area reaches: before and now, and in each of its areas."""
    viewer = viewer_in(request)
    place = place_asked(viewer, request)
    form, found = comparison(viewer, request, place)
    by, heads = column_asked(request, len(found.heads)), list(enumerate(found.heads))
    days = {"before": found.before.isoformat(), "day": found.day.isoformat()}
    shown = {
        "form": form,
        "coverage": found,
        "around": place,
        "parts": sorted_parts(found, by),
        "by": by,
        "heads": [(at, head, urlencode(days | {"area": place.code, "by": at})) for at, head in heads],
        "days": urlencode(days),
    }
    return render(request, "redline/coverage.html", shown | COVERAGE_PANELS.drawn(viewer, place))


@staff_page("redline.see")
@require_safe
def overview_export(request: HttpRequest) -> HttpResponse:
    """Hand out before and now as a table, and below it each area of the place."""
    viewer = viewer_in(request)
    place = place_asked(viewer, request)
    _form, found = comparison(viewer, request, place)
    note_export(viewer, "organisation", len(found.lines) + len(found.parts))
    days = [day for day in (found.before, found.day) for _word in range(3)]
    heading: Written = (
        place.name,
        *(f"{day:%Y-%m-%d} {word}" for day, word in zip(days, share_words() * 2, strict=True)),
        _("Change in points"),
    )
    rows: list[Written] = [
        (line.label, *numbers(line.before), *numbers(line.now), line.change) for line in found.lines
    ]
    parts: list[Written] = [
        (part.name, part.code, *(cell for share in part.shares for cell in numbers(share)))
        for part in sorted_parts(found, column_asked(request, len(found.heads)))
    ]
    by_area: Written = (
        _("Area"),
        _("Code"),
        *(f"{head} {word}" for head in found.heads for word in share_words()),
    )
    written = [heading, *rows, *([(), by_area, *parts] if parts else [])]
    name = f"redline-coverage-{found.day:%Y%m%d}"
    bold = {0, len(rows) + 2}
    return excel_file(name, _("Coverage"), written, bold=bold, widths=(40, 18, 14, 14, 14, 14, 14))


@staff_page("redline.see")
@require_safe
def by_month(request: HttpRequest) -> HttpResponse:
    """Show the shares of the last months, each on its first day."""
    viewer = viewer_in(request)
    place = place_asked(viewer, request)
    told = months(viewer, place, today())
    heads = list(told[0][1])
    series = [{"name": head, "values": [shares[head].percent for _day, shares in told]} for head in heads]
    chart = {
        "type": "trend",
        "unit": "%",
        "labels": [f"{day:%Y-%m}" for day, _shares in told],
        "series": series,
    }
    rows = [(day, [shares[head] for head in heads]) for day, shares in reversed(told)]
    shown = {"around": place, "heads": heads, "rows": rows, "chart": chart}
    return render(request, "redline/months.html", shown)


@staff_page("redline.see")
@require_safe
def months_export(request: HttpRequest) -> HttpResponse:
    """Hand out the shares of the last months as a table."""
    viewer = viewer_in(request)
    place = place_asked(viewer, request)
    told = months(viewer, place, today())
    note_export(viewer, "organisation", len(told))
    heading: Written = (place.name, *(f"{head} {word}" for head in told[0][1] for word in share_words()))
    rows: list[Written] = [
        (f"{day:%Y-%m-%d}", *(cell for share in shares.values() for cell in numbers(share)))
        for day, shares in told
    ]
    name = f"redline-months-{today():%Y%m%d}"
    return excel_file(name, _("Coverage"), [heading, *rows], bold=[0], widths=(16,))


def comparison(viewer: Viewer, request: HttpRequest, place: Place) -> tuple[DaysForm, Coverage]:
    """Return the form of the two days that are asked for, and what stood on them."""
    form = DaysForm(request.GET or None)
    before, day = form.days(first_day(viewer, place))
    if not form.errors:
        form = DaysForm(initial={"before": before, "day": day, "area": place.code})
    return form, coverage(viewer, place, before, day)


def sorted_parts(found: Coverage, by: int | None) -> list[Part]:
    """Return the areas of a coverage by their code, or with the highest share of one measure first."""
    if by is None:
        return list(found.parts)
    return sorted(found.parts, key=lambda part: -(part.shares[by].percent or 0))


def column_asked(request: HttpRequest, count: int) -> int | None:
    """Return by which measure the areas are sorted; None for their codes."""
    said = request.GET.get("by", "")
    return int(said) if said.isdecimal() and len(said) < 3 and int(said) < count else None


def share_words() -> tuple[str, str, str]:
    """Return what the three cells of a share are called."""
    return pgettext("of a share", "Number"), pgettext("of a share", "Of"), pgettext("of a share", "Percent")


def wanted_in(request: HttpRequest) -> Wanted:
    """Return the filter of the list as the address names it."""
    return ListForm(request.GET).wanted(place_asked(viewer_in(request), request))


def place_asked(viewer: Viewer, request: HttpRequest) -> Place:
    """Return the place that the address names, or the own one; Http404 for one of others."""
    code = request.GET.get("area", "")
    found = place_of(viewer, code)
    if found is None:
        raise Http404(code)
    return found


def page_asked(request: HttpRequest) -> int:
    """Return the number of the page, from 1."""
    said = request.GET.get("page", "")
    return max(int(said), 1) if said.isdecimal() and len(said) < 7 else 1


def query_of(request: HttpRequest) -> str:
    """Return the filter as an address has it, without the page."""
    return urlencode({name: value for name, value in request.GET.items() if value and name != "page"})


def beside(request: HttpRequest, at: int) -> str:
    """Return the address of another page of the list."""
    asked = query_of(request)
    return f"?{asked}&page={at}" if asked else f"?page={at}"


def written(row: Row) -> Written:
    """Return a row of the list as a row of a table."""
    bodies = "\n".join(f"{body.name} ({kind_name(body.kind)})" for body in row.bodies)
    posts = [body.overseer for body in row.bodies if body.overseer]
    said = "\n".join(f"{post.name} {post.holder}".strip() for post in posts)
    return (
        row.name, row.code, level_name(row.level), row.community, row.households, bodies or stood_in(row),
        said,
        _(", ").join(map(finding_word, row.waits)),
    )  # fmt: skip


def stood_in(row: Row) -> str:
    """Say who oversees a grid that has no organisation of its own; empty where nobody does."""
    return _("overseen by %(name)s") % {"name": row.stand_in} if row.stand_in else ""


def numbers(share: Share) -> Written:
    """Return a share as three cells."""
    return (share.part, share.of, share.percent)
