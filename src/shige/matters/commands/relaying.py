"""File a matter for somebody who came, called or asked a worker: only with recorded consent (R21, P2)."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.trust.gate import Viewer, require
from shige.trust.permissions import FIELD

from ..report import Filed, Report
from .filing import file_matter


def relay_matter(viewer: Viewer, report: Report) -> Filed:
    """File a matter for its reporter, as ``file_matter`` does; it may lie outside the own area.

    Raises
    ------
    ValidationError
        As with ``file_matter``; or the reporter's consent is not recorded.
    PermissionDenied
        ``viewer`` does not work with matters.
    """
    require(viewer, "matter.relay")
    if not report.consent:
        raise ValidationError({"consent": _("Ask first: without consent nothing is passed on.")})
    in_the_field = all(scope.role in FIELD for scope in viewer.holding("matter.relay"))
    return file_matter(viewer, replace(report, source="worker" if in_the_field else "counter"))
