"""Name whom a sealed matter is about, or take that back (P3)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from ..handling.pages.matter import shown
from ..handling.queries.detail import matter_detail
from .commands import readmit, recuse
from .forms import RecusalForm
from .persons import kept_by_name, may_recuse, nameable


@staff_page("matter.dispatch")
@require_POST
def recusal(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the person of the form from the matter, or let the one of ``readmit`` see it again."""
    viewer = viewer_in(request)
    found = matter_detail(viewer, number)
    if found is None or not may_recuse(viewer, found.matter):
        raise Http404
    form = RecusalForm(nameable(found.matter), request.POST)
    again = request.POST.get("readmit", "")[:18]
    if not (again.isdecimal() or form.is_valid()):
        return shown(request, number, failed=form, action="recusal")
    try:
        if again.isdecimal():
            readmit(viewer, number, int(again))
            done = _("They may see it again, unless its seal keeps them out.")
        else:
            recuse(viewer, number, form.cleaned_data["person"], form.cleaned_data["reason"])
            done = _("They know of it no more.")
    except ValidationError as error:
        add_errors(form, error)
        return shown(request, number, failed=form, action="recusal")
    messages.success(request, done)
    themself = viewer.person in {one.person for one in kept_by_name(found.matter)}
    return redirect("matters:list") if themself else redirect("matters:matter", number)
