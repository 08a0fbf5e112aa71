"""Pages of reports: drafted by the overseer, read above and by the street, printed on A4 (R10)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shige.trust.forms import add_errors
from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in

from .commands import change_report, draft_report, hand_in
from .forms import ReportForm
from .queries import ReportView, missing, report_seen, reports_seen


@require_safe
@staff_page("report.see")
def reports(request: HttpRequest) -> HttpResponse:
    """List reports, and for an overseer what is still to be drafted."""
    viewer = viewer_in(request)
    shown = {"rows": reports_seen(viewer), "oversees": may(viewer, "oversight.see")}
    if may(viewer, "report.write"):
        shown["missing"] = missing(viewer)
    return render(request, "oversight/reports.html", shown)


@require_POST
@staff_page("report.write")
def draft(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """Draft the report of a quarter."""
    try:
        made = draft_report(viewer_in(request), code, quarter)
    except (PermissionDenied, ValidationError):
        raise Http404(code) from None
    return redirect("oversight:report", made.pk)


@require_safe
@staff_page("report.see")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one report, and to whoever may edit it its form."""
    found = _found(request, pk)
    return _shown(request, found, ReportForm(report=found.report))


@require_POST
@staff_page("report.write")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the texts of a draft, and hand it in where that is asked."""
    found, form = _found(request, pk), ReportForm(request.POST)
    if not found.own or found.report.handed_in_at:
        messages.error(request, _("This is not possible any more. The page shows how it stands now."))
        return redirect("oversight:report", pk)
    if form.is_valid():
        try:
            change_report(viewer_in(request), pk, form.cleaned_data)
            if "hand_in" in request.POST:
                hand_in(viewer_in(request), pk)
        except ValidationError as error:
            add_errors(form, error)
        else:
            handed = "hand_in" in request.POST
            messages.success(request, _("The report is handed in.") if handed else _("The draft is saved."))
            return redirect("oversight:report", pk)
    return _shown(request, found, form)


def _found(request: HttpRequest, pk: int) -> ReportView:
    found = report_seen(viewer_in(request), pk)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: ReportView, form: ReportForm) -> HttpResponse:
    shown = {"found": found, "report": found.report}
    if found.own and not found.report.handed_in_at and may(viewer_in(request), "report.write"):
        shown["form"] = form
    return render(request, "oversight/report.html", shown, status=422 if form.errors else 200)
