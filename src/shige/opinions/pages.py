"""Opinion notes (社情民意备忘): writing, hearing the same, following up, counting (R40)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.files.spreadsheets import csv_file
from shige.matters import clock
from shige.matters.tasks.forms import NoteForm
from shige.matters.tasks.pages import choices_of
from shige.trust.commands import note_export
from shige.trust.forms import add_errors
from shige.trust.gate import may
from shige.trust.jurisdiction import language
from shige.trust.page_access import staff_page, viewer_in

from .commands import OpinionIn, hear_too, move_opinion, write_opinion
from .forms import CountForm, OpinionFilterForm, OpinionForm
from .queries.counts import opinion_counts, opinions_to_share
from .queries.notes import OpinionDetail, opinion_areas, opinion_detail, opinion_list
from .rules import RAISE


@require_GET
@staff_page("opinion.see")
def notes(request: HttpRequest) -> HttpResponse:
    """List the notes of the own area, the newest first; whoever follows them up sees what is rising."""
    viewer = viewer_in(request)
    form = OpinionFilterForm(opinion_areas(viewer, "opinion.see"), request.GET)
    chosen = form.chosen()
    page = opinion_list(viewer, chosen)
    shown = {
        "form": form,
        "rows": page.rows,
        "older_url": _beside(request, "before", page.older),
        "newer_url": _beside(request, "after", page.newer),
        "may_write": may(viewer, "opinion.write"),
    }
    if may(viewer, "opinion.follow"):
        counting = CountForm(request.GET)
        shown |= {
            "counting": counting,
            "counts": opinion_counts(viewer, counting.span(), chosen.theme, chosen.area),
            "export_url": f"{reverse('opinions:export')}?{request.GET.urlencode()}",
        }
    return render(request, "opinions/list.html", shown)


@require_http_methods(["GET", "POST"])
@staff_page("opinion.write")
def write(request: HttpRequest) -> HttpResponse:
    """Write down what is said in a grid."""
    viewer = viewer_in(request)
    form = OpinionForm(
        opinion_areas(viewer, "opinion.write"), request.POST if request.method == "POST" else None
    )
    if form.is_bound and form.is_valid():
        try:
            made = write_opinion(viewer, OpinionIn(**form.cleaned_data))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The note is written down."))
            return redirect("opinions:one", made.pk)
    return render(request, "opinions/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@staff_page("opinion.see")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one note with what became of it."""
    return _shown(request, _found(request, pk))


@require_POST
@staff_page("opinion.write")
def hear(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that one's own post has heard the same."""
    _found(request, pk)
    try:
        hear_too(viewer_in(request), pk)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Counted: your post has heard it today as well."))
    return redirect("opinions:one", pk)


@require_POST
@staff_page("opinion.follow")
def move(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Follow a note up, answer it or set it aside."""
    found = _found(request, pk)
    row = next((row for row in found.actions if row.action == action != RAISE), None)
    if row is None:
        messages.error(request, _("This is not possible any more. The page shows how it stands now."))
        return redirect("opinions:one", pk)
    form = NoteForm(row, request.POST)
    if form.is_valid():
        try:
            move_opinion(viewer_in(request), pk, action, form.cleaned_data.get("note", ""))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done: %(label)s.") % {"label": row.name.in_language(language())})
            return redirect("opinions:one", pk)
    return _shown(request, found, form, action)


@require_GET
@staff_page("opinion.follow")
def export(request: HttpRequest) -> HttpResponse:
    """Hand out how often opinions were heard, by month, place and theme, without small counts (P8)."""
    viewer = viewer_in(request)
    chosen = OpinionFilterForm(opinion_areas(viewer, "opinion.see"), request.GET).chosen()
    cells = opinions_to_share(viewer, chosen.theme, chosen.area)
    note_export(viewer, "opinion", len(cells))
    heading = (_("Month"), _("Place"), _("Theme"), _("Times heard"))
    few = _("too few to tell")
    told = (
        (f"{cell.month:%Y-%m}", cell.place, cell.theme, few if cell.times is None else cell.times)
        for cell in cells
    )
    return csv_file(f"opinions-{localtime(clock.now()):%Y%m%d}", [heading, *told])


def _found(request: HttpRequest, pk: int) -> OpinionDetail:
    found = opinion_detail(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def _shown(
    request: HttpRequest, found: OpinionDetail, failed: Form | None = None, action: str = ""
) -> HttpResponse:
    said = tuple(row for row in found.actions if row.action != RAISE)
    shown = {
        "found": found,
        "row": found.row,
        "choices": choices_of(said, failed, action),
        "may_raise": len(said) < len(found.actions),
    }
    return render(request, "opinions/one.html", shown, status=422 if failed else 200)


def _beside(request: HttpRequest, name: str, key: int | None) -> str:
    """Return the address of the page beside this one."""
    kept = {field: value for field, value in request.GET.items() if field not in ("before", "after")}
    return f"?{urlencode(kept | {name: str(key)})}" if key is not None else ""
