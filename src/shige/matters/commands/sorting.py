"""Correct the category of a matter, and with it who answers, by when, and who may read it (R22, P3, P4)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.profile import Category
from shige.trust.commands import seal
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from .. import clock
from ..acting import lineage_of_matter
from ..assigning import Question, assigned
from ..categories import as_guarded
from ..deadlines import dates
from ..models import Matter
from .merging import seal_merged
from .stepping import advance, opened, tell_owner
from .visiting import end_visits


@transaction.atomic
def sort(viewer: Viewer, number: str, code: str) -> Matter:
    """Put a matter into the category that it belongs to.

    Who answers and by when follow from it, counted from the report. What was confidential stays so; what
    becomes confidential has its words sealed.

    Raises
    ------
    ValidationError
        There is no such category, or it is the one that the matter has.
    """
    matter, transition = opened(viewer, number, "sort")
    category = as_guarded(_sub_category(code), sealed=matter.sealed)
    if category.code == matter.category:
        raise ValidationError({"category": _("The matter has this category already.")})
    owner = assigned(profile(), Question(category, lineage_of_matter(matter), category.tier, clock.now()))
    due = dates(profile(), category, matter.reported_at)
    changes: dict[str, Any] = {
        "category": category.code,
        "kind": category.kind,
        "tier": owner.tier,
        "respond_by": due.respond_by,
        "resolve_by": due.resolve_by,
        "approximate": due.approximate,
        **_sealed(matter, category),
    }
    said = _said(matter.category, category, owner.remark)
    advance(viewer, matter, transition, remark=said, to_post=owner.post, **changes)
    seal_merged(viewer, matter)
    end_visits(matter)
    tell_owner("matter.assigned", matter)
    return matter


def _sub_category(code: str) -> Category:
    for leaf in profile().leaf_categories:
        if leaf.code == code:
            return leaf
    raise ValidationError({"category": _("There is no category “%(code)s”.") % {"code": code[:20]}})


def _sealed(matter: Matter, category: Category) -> dict[str, Any]:
    """Return what changes when a matter must be hidden from more people than before."""
    sealed = max(matter.sealed, category.seal)
    if matter.confidential or not (category.confidential or sealed):
        return {"sealed": sealed}
    handle = seal("matter.words", matter.words)
    return {"sealed": sealed, "confidential": True, "words": "", "words_handle": handle}


def _said(was: str, category: Category, remark: str) -> str:
    return "\n".join(part for part in (f"{was} → {category.code}", remark) if part)
