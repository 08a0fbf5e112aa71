"""Pages of urgings, for the overseer and for the post in charge (督办, R10)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shige.territory.models import Area
from shige.trust.forms import add_errors
from shige.trust.gate import Viewer, may
from shige.trust.page_access import staff_page, viewer_in

from ..grids.queries.cases import case_of
from ..grids.queries.overview import overseen_area
from .acts import act_named
from .commands import move_urging, urge
from .forms import ActForm, UrgeForm
from .queries.urgings import (
    UrgingDetail,
    matters_urged,
    open_urgings,
    past_urgings,
    urging_detail,
    urgings_about,
)


@require_safe
@staff_page("urging.see")
def urgings(request: HttpRequest) -> HttpResponse:
    """List the urgings that somebody made, was asked or was told of, those that wait for them first."""
    viewer = viewer_in(request)
    over, sought = request.GET.get("show") == "over", request.GET.get("q", "")
    shown = {
        "rows": (past_urgings if over else open_urgings)(viewer, sought),
        "sought": sought,
        "over": over,
        "oversees": may(viewer, "oversight.see"),
    }
    return render(request, "oversight/urgings.html", shown)


@require_safe
@staff_page("urging.see")
def urging(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one urging with all that was said."""
    return _shown(request, _found(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("urging.make")
def make(request: HttpRequest, code: str) -> HttpResponse:
    """Urge the post in charge of a grid, or of a case there."""
    viewer = viewer_in(request)
    watched = overseen_area(viewer, code)
    if watched is None:
        raise Http404(code)
    asked = request.POST if request.method == "POST" else None
    handle = (asked or request.GET).get("case", "")
    try:
        case = case_of(watched.trouble, handle) if watched.trouble and handle else None
    except ValueError:
        raise Http404("no such case") from None
    if handle and case is None and asked is None:
        messages.info(request, _("This case is settled meanwhile, or is not told of any more."))
        return redirect("oversight:grid", code)
    form = UrgeForm(asked, handle)
    if form.is_bound and form.is_valid():
        try:
            made = urge(viewer, code, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The post in charge was urged and has a message."))
            return redirect("oversight:urging", made.pk)
    shown = {"form": form, "watched": watched, "case": case}
    return render(request, "oversight/urge.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("urging.see")
def move(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Answer an urging, close it, ask once more or withdraw it."""
    found, act = _found(request, pk), act_named(action)
    if act is None:
        raise Http404(action)
    if act not in found.acts:
        messages.error(request, _("This is not possible any more. The page shows how it stands now."))
        return redirect("oversight:urging", pk)
    form = ActForm(act, request.POST)
    if form.is_valid():
        try:
            move_urging(viewer_in(request), pk, action, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done: %(label)s.") % {"label": act.label})
            return redirect("oversight:urging", pk)
    return _shown(request, found, form, action)


def panel(viewer: Viewer, area: Area) -> dict[str, object]:
    """Return what the page of a grid shows of urgings: those about it, and whether more may be made."""
    return {
        "urgings": urgings_about(viewer, area),
        "urged": matters_urged(viewer),
        "may_urge": may(viewer, "urging.make"),
    }


def _found(request: HttpRequest, pk: int) -> UrgingDetail:
    found = urging_detail(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def _shown(
    request: HttpRequest, found: UrgingDetail, failed: Form | None = None, action: str = ""
) -> HttpResponse:
    choices: list[tuple[Any, ...]] = [
        (
            act,
            act.label,
            failed if failed and act.action == action else ActForm(act),
            "btn-primary" if not place else "",
        )
        for place, act in enumerate(found.acts)
    ]
    shown = {"found": found, "row": found.row, "choices": choices}
    return render(request, "oversight/urging.html", shown, status=422 if failed else 200)
