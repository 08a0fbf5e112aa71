"""Release a public summary of a matter, or take it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from ..handling.forms import SummaryForm
from ..handling.pages.matter import shown
from ..handling.queries.detail import sees
from .commands import release


@staff_page("matter.dispatch")
@require_POST
def summary(request: HttpRequest, number: str) -> HttpResponse:
    """Release what stands in the form; empty words take back what was released."""
    if not sees(viewer_in(request), number):
        raise Http404
    form = SummaryForm(request.POST, auto_id="id_summary_%s")
    if form.is_valid():
        try:
            release(viewer_in(request), number, form.cleaned_data["words"], form.cleaned_data["result"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            kept = bool(form.cleaned_data["words"].strip())
            messages.success(
                request, _("The summary is released.") if kept else _("The summary is taken back.")
            )
            return redirect("matters:matter", number)
    return shown(request, number, failed=form, action="summary")
