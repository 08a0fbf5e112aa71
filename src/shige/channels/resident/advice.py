"""What a resident is told before anything is filed: advice on the category, warnings at the place (R25)."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shige.matters.categories import is_unsorted
from shige.profile import Category, Limit, Text
from shige.profile.category_advice import Advice
from shige.territory.places.location import locate
from shige.trust.jurisdiction import language, profile
from shige.warnings.queries.in_force import StandingWarning, standing_at

from ..calls import with_calls
from .drafts import ReportDraft


@dataclass(frozen=True, slots=True)
class Shown:
    """Advice on one category in the language of the page; lines that are not said are empty.

    ``way_out`` offers to end without filing: not where somebody is in danger (P4).
    """

    name: str
    call: SafeString
    bring: str
    whose: str
    here: str
    time: str
    way_out: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A top category with its advice, and what differs in its sub-categories."""

    whole: Shown
    others: tuple[Shown, ...]


def advice_shown(code: str) -> Shown | None:
    """Return the whole advice on a category; None where there is none, or nobody has chosen one yet."""
    if is_unsorted(code):
        return None
    try:
        return _shown(profile().category(code), profile().advice_on(code))
    except KeyError:
        return None


def advice_groups() -> list[Group]:
    """Return all advice by top category, of a sub-category only what it says itself."""
    own = {advice.code: advice for advice in profile().advice}
    return [
        Group(
            _shown(top, own[top.code]),
            tuple(_shown(child, own[child.code]) for child in top.children if child.code in own),
        )
        for top in profile().categories
    ]


def standing_for(draft: ReportDraft) -> list[StandingWarning]:
    """Return the warnings that stand at the place of a draft, once it is known."""
    if not draft.placed or draft.to_find:
        return []
    located = locate(draft.lon or 0.0, draft.lat or 0.0, draft.building)
    return standing_at(located.lineage) if located else []


def _shown(category: Category, advice: Advice) -> Shown:
    return Shown(
        name=category.name.in_language(language()),
        call=with_calls(_said(advice.call)),
        bring=_said(advice.bring),
        whose=_said(advice.whose),
        here=_limits(category),
        time=_said(advice.time),
        way_out=not category.never_mediate,
    )


def _limits(category: Category) -> str:
    """Say how soon this platform answers.

    Nothing where the emergency number comes at once instead (P4), or where nothing is to be solved.
    """
    if category.respond.amount == 0 or not profile().workflow(category.kind).timed:
        return ""
    by_the_clock = profile().tier(category.tier).elapsed
    return _("Here you get an answer within %(respond)s and a result within %(resolve)s.") % {
        "respond": _words(category.respond, by_the_clock),
        "resolve": _words(category.resolve, by_the_clock),
    }


def _said(text: Text | None) -> str:
    return text.in_language(language()) if text else ""


def _words(limit: Limit, by_the_clock: bool) -> str:
    """Say a limit in words: by the clock, or in the office's working time."""
    if limit.unit == "wd":
        said = ngettext("%(count)d working day", "%(count)d working days", limit.amount)
    elif limit.unit == "min":
        said = ngettext("%(count)d minute", "%(count)d minutes", limit.amount)
    elif by_the_clock:
        said = ngettext("%(count)d hour", "%(count)d hours", limit.amount)
    else:
        said = ngettext("%(count)d hour of work", "%(count)d hours of work", limit.amount)
    return said % {"count": limit.amount}
