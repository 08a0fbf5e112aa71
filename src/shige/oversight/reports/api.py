"""Reports for programs of the staff: drafted, edited, handed in and read as on the pages (R10)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from shige.trust.asked_fields import cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from .commands import change_report, draft_report, hand_in
from .forms import ReportForm
from .queries import ReportView, report_seen, reports_seen

router = Router(tags=["oversight"], auth=STAFF_AUTH)


class ReportOut(Schema):
    """A report; `handed_in_at` is null for a draft, which its overseer alone reads."""

    id: str
    area: str
    organisation: str
    quarter: str = Field(description="as 2026-Q3")
    handed_in_at: datetime | None
    paragraphs: dict[str, str]


class QuarterIn(Schema, extra="forbid"):
    """The quarter that is over, as 2026-Q3."""

    quarter: str


class ParagraphsIn(Schema, extra="forbid"):
    """The texts of a draft; what is left out is emptied."""

    figures: str | None = None
    urgings: str | None = None
    visits: str | None = None
    guidance: str | None = None
    outlook: str | None = None


@router.get("/reports", response=list[ReportOut], url_name="reports")
def reports(request: HttpRequest) -> list[dict[str, object]]:
    """List the reports that the caller writes or is to read."""
    return [_told(one) for one in reports_seen(admitted(request, "report.see"))]


@router.get("/reports/{veiled:pk}", response=ReportOut, url_name="report")
def report(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return one report."""
    return _told(_found(admitted(request, "report.see"), pk))


@router.post("/grids/{code}/reports", response={201: ReportOut}, url_name="draft_report")
def draft(request: HttpRequest, code: str, given: QuarterIn) -> Status[dict[str, object]]:
    """Draft the report of a quarter about an area that the caller oversees; one that stands is returned."""
    viewer = admitted(request, "report.write")
    try:
        made = draft_report(viewer, code, given.quarter)
    except PermissionDenied:
        raise Http404(code) from None
    return Status(201, _told(_found(viewer, made.pk)))


@router.post("/reports/{veiled:pk}/change", response=ReportOut, url_name="change_report")
def change(request: HttpRequest, pk: int, given: ParagraphsIn) -> dict[str, object]:
    """Put other texts into a draft."""
    viewer = admitted(request, "report.write")
    _found(viewer, pk)
    sent = values_in(given)
    change_report(viewer, pk, cleaned(ReportForm(sent), sent))
    return _told(_found(viewer, pk))


@router.post("/reports/{veiled:pk}/hand-in", response=ReportOut, url_name="hand_in_report")
def handed_in(request: HttpRequest, pk: int) -> dict[str, object]:
    """Hand a report in to the organisation above, else to the street."""
    viewer = admitted(request, "report.write")
    _found(viewer, pk)
    hand_in(viewer, pk)
    return _told(_found(viewer, pk))


def _found(viewer: Viewer, pk: int) -> ReportView:
    found = report_seen(viewer, pk)
    if found is None:
        raise Http404
    return found


def _told(found: ReportView) -> dict[str, object]:
    return {
        "id": veiled("key", str(found.report.pk)),
        "area": found.report.area.name,
        "organisation": found.organisation,
        "quarter": found.report.quarter,
        "handed_in_at": found.report.handed_in_at,
        "paragraphs": {code: text for code, _title, text in found.paragraphs},
    }
