"""What the words and answers of a report make of it, at the place where it happened."""

from dataclasses import dataclass, replace

from shige.profile import Category
from shige.trust.jurisdiction import profile

from ..categories import unsorted
from ..danger import Heard, Outcome, hear, outcome_of, remark_on
from ..danger.above import meant_above
from ..danger.holders import named_here, with_holders
from ..report import Report
from .checks import chosen_in
from .location import Location
from .suggestion import suggest


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a report is taken for: what was heard in it, what it becomes and why.

    ``above`` are the persons of the district who may be meant by a complaint, ``named`` all whom the words
    of a sealed report name (P3).
    """

    heard: Heard
    outcome: Outcome
    why: str
    above: frozenset[int]
    named: frozenset[int]


def judged(report: Report, location: Location | None = None) -> Judgement:
    """Return what a report is taken for; without its place, nobody who works there is known to be meant.

    Raises
    ------
    ValidationError
        Under ``category``: there is none of its code.
    """
    chosen, heard = chosen_in(profile(), report), hear(report.words)
    above = frozenset[int]()
    if location is not None:
        heard = with_holders(heard, report.words, location.lineage)
        above = _meant_above(report, heard, chosen, location)
        heard = replace(heard, staff="official") if above else heard
    outcome = outcome_of(heard, report.answers, chosen, lambda: _likely(report))
    named = above
    if location is not None and outcome.category.seal:
        named |= named_here(report.words, location.lineage).keys()
    why = remark_on(heard, report.answers, outcome, relayed=report.consent)
    return Judgement(heard, outcome, why, above, named)


def _likely(report: Report) -> Category:
    """Return the category of which the words clearly speak, else the unsorted one, where a person sorts."""
    return suggest(report.words, limit=1, dismissed=report.answers.no_emergency).sure or unsorted()


def _meant_above(report: Report, heard: Heard, chosen: Category | None, location: Location) -> frozenset[int]:
    """Return who of the district may be meant by a complaint (P3)."""
    complains = heard.staff or report.answers.about_staff not in ("", "no") or (chosen and chosen.seal)
    return meant_above(report.words, location.lineage.district) if complains else frozenset()
