"""Draft a quarter's report, edit it, and hand it in above (R10)."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.matters import clock
from shige.matters.workflow.commands.notices import tell_posts
from shige.territory.lineage import lineage_of
from shige.trust.commands import record
from shige.trust.gate import Viewer, require
from shige.trust.jurisdiction import profile

from ..facts import ReportChanged
from ..models import Report
from ..reach import overseen, overseer_of
from ..urgings.posts import told_above
from ..words import of_no_house
from .drafting import LIMIT, TITLES, drafted
from .queries import quarters


@transaction.atomic
def draft_report(viewer: Viewer, code: str, quarter: str) -> Report:
    """Draft the report of a closed quarter about an area that ``viewer`` oversees by its own organisation.

    The one that stands already is returned as it is.

    Raises
    ------
    ValidationError
        The quarter is none of those that are over.
    PermissionDenied
        No organisation of this area names a post of ``viewer``.
    """
    require(viewer, "report.write")
    own = next((one for one in overseen(viewer) if one.area.code == code), None)
    if own is None:
        raise PermissionDenied("no such area is overseen here")
    period = next((one for one in quarters() if one.key == quarter), None)
    if period is None:
        raise ValidationError({"quarter": _("This quarter is not over, or too long ago.")})
    with override(profile().language):
        texts = drafted(viewer, own, period)
    made, fresh = Report.objects.get_or_create(
        organisation_id=own.organisation,
        quarter=period.key,
        defaults={"area": own.area, "paragraphs": texts, "post_id": own.post, "person_id": viewer.person},
    )
    if fresh:
        _keep(viewer, made, "report.draft")
    return made


@transaction.atomic
def change_report(viewer: Viewer, pk: int, texts: Mapping[str, str]) -> Report:
    """Put other texts into a draft; what the program drafted and nobody changed stays as it is.

    Raises
    ------
    ValidationError
        By field: a changed text points to somebody or to a house. Or it is handed in already.
    PermissionDenied
        ``viewer`` does not oversee for its organisation today.
    """
    report = _locked(viewer, pk)
    for code in TITLES:
        said = "\n".join(texts.get(code, "").splitlines())
        if said and said != report.paragraphs.get(code):
            said = of_no_house(code, said, limit=LIMIT)
        report.paragraphs[code] = said
    report.version += 1
    report.save(update_fields=["paragraphs", "version"])
    _keep(viewer, report, "report.change")
    return report


@transaction.atomic
def hand_in(viewer: Viewer, pk: int) -> Report:
    """Hand a report in to the organisation above, else to the street; from then on it stays as it is.

    Raises
    ------
    ValidationError
        It is handed in already, or nobody above is in office.
    PermissionDenied
        ``viewer`` does not oversee for its organisation today.
    """
    report = _locked(viewer, pk)
    own = overseer_of(report.organisation_id) or 0
    above = told_above(report.organisation_id, report.area, apart_from=own)
    if above.organisation is None and above.office is None:
        raise ValidationError(_("Nobody above is in office who could read it."))
    report.above_id, report.office_id, report.handed_in_at = above.organisation, above.office, clock.now()
    report.post_id, report.person_id = own or None, viewer.person
    report.version += 1
    report.save(update_fields=["above", "office", "handed_in_at", "post", "person", "version"])
    reader = report.office_id or overseer_of(report.above_id)
    tell_posts("report.hand_in", "report", str(report.pk), None, {reader} - viewer.posts)
    _keep(viewer, report, "report.hand_in")
    return report


def _locked(viewer: Viewer, pk: int) -> Report:
    require(viewer, "report.write")
    own = [one.organisation for one in overseen(viewer)]
    found = Report.objects.select_for_update(of=("self",)).filter(organisation__in=own, pk=pk)
    report = found.select_related("area").first()
    if report is None:
        raise PermissionDenied("no such report here")
    if report.handed_in_at is not None:
        raise ValidationError(_("This is not possible any more. The page shows how it stands now."))
    return report


def _keep(viewer: Viewer, report: Report, verb: str) -> None:
    fact = ReportChanged(
        organisation=report.organisation_id,
        quarter=report.quarter,
        above=report.above_id,
        office=report.office_id,
    )
    record(viewer, verb, "report", report.pk, report.version, lineage_of(report.area), fact)
