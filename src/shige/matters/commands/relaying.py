"""File a matter for somebody, with recorded consent, or one that somebody at work found (R21, R39, P2)."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.gate import Scope, Viewer, require
from shige.trust.permissions import FIELD

from ..categories import category_of_matter
from ..danger import Answers, Danger
from ..report import PATROL, Filed, Report
from .filing import file_matter


@transaction.atomic
def relay_matter(viewer: Viewer, report: Report) -> Filed:
    """File a matter for its reporter, as ``file_matter`` does; it may lie outside the own area.

    Whoever serves in the field does not say in the reporter's place that there is no emergency (P4).

    Raises
    ------
    ValidationError
        As with ``file_matter``; or the reporter's consent is not recorded, or it is about staff and would go
        through the hands of their own chain (P3).
    PermissionDenied
        ``viewer`` does not work with matters.
    """
    require(viewer, "matter.relay")
    if not report.consent:
        raise ValidationError({"consent": _("Ask first: without consent nothing is passed on.")})
    scopes = viewer.holding("matter.relay")
    if in_the_field(viewer):
        report = replace(report, source="worker", answers=_of_the_field(report.answers))
    else:
        report = replace(report, source="counter")
    filed = file_matter(viewer, report)
    refuse_about_staff(scopes, filed)
    return filed


def _of_the_field(answers: Answers) -> Answers:
    danger: Danger = "" if answers.danger == "none" else answers.danger
    return replace(answers, no_emergency=False, danger=danger)


def refuse_about_staff(scopes: Iterable[Scope], filed: Filed) -> None:
    """Refuse what is about staff and would go through the hands of their own chain (P3)."""
    sealed = filed.matter.sealed
    if filed.about_staff and not any(scope.clears(sealed) for scope in scopes):
        said = _("What is about staff is not registered here: the resident reports it, or the street.")
        raise ValidationError({"words": said})


def in_the_field(viewer: Viewer) -> bool:
    """Say whether somebody who registers matters serves in grids only, at no counter."""
    return all(scope.role in FIELD for scope in viewer.holding("matter.relay"))


@transaction.atomic
def register_found(viewer: Viewer, report: Report) -> Filed:
    """File what ``viewer`` saw on a round: a hazard or a defect, which has no reporter.

    Raises
    ------
    ValidationError
        As with ``file_matter``; or it is about people, not about a place or a thing.
    PermissionDenied
        ``viewer`` does not work with matters.
    """
    require(viewer, "matter.relay")
    filed = file_matter(viewer, replace(report, name="", phone="", source=PATROL))
    if not category_of_matter(filed.matter).impersonal:
        said = _("This is about people. Register it for the person who tells you, with their consent.")
        raise ValidationError({"words": said})
    return filed
