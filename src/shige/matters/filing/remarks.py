"""What the office reads about how a matter came in."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import Category, Profile
from shige.trust.jurisdiction import profile

from ..assignment.routing import Owner
from ..categories import is_unsorted
from ..report import Report


def moved(rules: Profile, chosen: str | None, category: Category) -> str:
    """Tell the office of a category that an emergency has replaced; empty where none has."""
    if not chosen or chosen == category.code:
        return ""
    with override(rules.language):
        said = _("Reported as “%(chosen)s”, but the words speak of an emergency.")
    return said % {"chosen": rules.category(chosen).name.in_language(rules.language)}


def left_to_office(rules: Profile, chosen: str | None, category: Category) -> str:
    """Tell the office that somebody must sort it: the reporter said so, or the words are not clear."""
    if not is_unsorted(category.code):
        return ""
    with override(rules.language):
        if chosen:
            return _("The reporter does not know which category fits; please sort it.")
        return _("The words do not say clearly which category fits; please sort it.")


def _relayed(rules: Profile, report: Report) -> str:
    if not report.consent:
        return ""
    with override(rules.language):
        return _("Registered by somebody at work, with the reporter's consent.")


def remark_of(report: Report, category: Category, owner: Owner, why: str) -> str:
    """Return what the office reads of how a matter came in and why it stands where it does."""
    rules = profile()
    parts = (
        owner.remark,
        moved(rules, report.category, category),
        left_to_office(rules, report.category, category),
        why,
        _relayed(rules, report),
    )
    return "\n".join(part for part in parts if part)
