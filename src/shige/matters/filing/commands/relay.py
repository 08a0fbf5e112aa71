"""File a matter for somebody, with recorded consent, or one that somebody at work found (R21, R39, P2)."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.trust.gate import Scope, Viewer, require
from shige.trust.permissions import FIELD, roles_of

from ...categories import category_of_matter
from ...danger import UNANSWERED, Answers, Danger, Staff
from ...report import PATROL, Filed, Report
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
    refuse_about_staff(scopes, filed, report.answers)
    return filed


def _of_the_field(answers: Answers) -> Answers:
    danger: Danger = "" if answers.danger == "none" else answers.danger
    return replace(answers, no_emergency=False, danger=danger)


def refused_here(viewer: Viewer) -> Staff:
    """Return about whom somebody may register nothing: any staff, those of the street up, or nobody (P3)."""
    scopes = viewer.holding("matter.relay")
    if not any(scope.clears(1) for scope in scopes):
        return "worker"
    return "" if any(scope.clears(2) for scope in scopes) else "official"


def refuse_about_staff(scopes: Iterable[Scope], filed: Filed, answers: Answers = UNANSWERED) -> None:
    """Refuse what is about staff and would go through the hands of their own chain (P3).

    Raises
    ------
    ValidationError
        By field: the answer that said so, else the words.
    """
    sealed = filed.matter.sealed
    if not filed.about_staff or any(scope.clears(sealed) for scope in scopes):
        return
    said = _("What is about staff is not registered here: the resident reports it, or the street.")
    if sealed > 1:
        said = _(
            "What may be about the street or a department is not registered here: the resident reports it."
        )
    raise ValidationError({"about_staff" if answers.about_staff in ("worker", "official") else "words": said})


def in_the_field(viewer: Viewer) -> bool:
    """Say whether somebody who registers matters serves in grids only, at no counter."""
    field = roles_of(FIELD)
    return all(scope.role in field for scope in viewer.holding("matter.relay"))


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
