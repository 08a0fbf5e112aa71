"""What the words and answers of a report make of it, at the place where it happened."""

from dataclasses import dataclass, replace
from typing import Final

from shige.profile import Category
from shige.trust.jurisdiction import profile

from ..categories import unsorted
from ..danger import Heard, Outcome, outcome_of, remark_on
from ..danger.above import meant_above
from ..danger.said import Said, listen
from ..report import Report
from .checks import chosen_in
from .location import Location
from .suggestion import suggest

NAME_ALONE: Final = 6
"""Characters up to which what stands as a reporter's name is one, be it that of somebody in office too."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a report is taken for: what is said in it, what was heard in all of it, what it becomes and why.

    ``above`` are the persons of the district who may be meant by a complaint, ``named`` all whom the words
    of a sealed report name (P3).
    """

    said: Said
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
    chosen, said = chosen_in(profile(), report), said_in(report, location)
    heard, above = said.heard, frozenset[int]()
    if location is not None:
        above = _meant_above(report, heard, chosen, location)
        heard = replace(heard, staff="official") if above else heard
    outcome = outcome_of(heard, report.answers, chosen, lambda: _likely(report))
    named = above | said.named if outcome.category.seal else above
    why = remark_on(heard, report.answers, outcome, relayed=report.consent)
    return Judgement(said, heard, outcome, why, above, named)


def said_in(report: Report, location: Location | None = None) -> Said:
    """Return what a report says, in each of its fields that whoever handles it may read."""
    story = report.name if len(report.name) > NAME_ALONE else ""
    beside = (report.place.address, story)
    return listen(report.words, location.lineage if location else None, beside=beside)


def _likely(report: Report) -> Category:
    """Return the category of which the words clearly speak, else the unsorted one, where a person sorts."""
    return suggest(report.words, limit=1, dismissed=report.answers.no_emergency).sure or unsorted()


def _meant_above(report: Report, heard: Heard, chosen: Category | None, location: Location) -> frozenset[int]:
    """Return who of the district may be meant by a complaint (P3)."""
    complains = heard.staff or report.answers.about_staff not in ("", "no") or (chosen and chosen.seal)
    words = f"{report.words}\n{report.place.address}"
    return meant_above(words, location.lineage.district) if complains else frozenset()
