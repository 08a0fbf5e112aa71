"""How good the suggestion is on a file of texts whose category somebody has said: `code<TAB>text` a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shige.language.category.model import Scores
from shige.language.category.suggestion import Sorter
from shige.profile import Profile


class CasesError(ValueError):
    """A file of cases that cannot be used; the message names the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the category that it belongs to."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A text whose category did not come first, and what was suggested instead."""

    code: str
    text: str
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """How often the right category came first and among three, in all, by top category, and when sure."""

    all: Scores
    sure: Scores
    tops: tuple[tuple[str, Scores], ...]
    misses: tuple[Miss, ...]


def read_cases(profile: Profile, lines: Iterable[str]) -> list[Case]:
    """Return the cases of a file; empty lines and those that begin with ``#`` say nothing.

    Raises
    ------
    CasesError
        A line has no tab, no text, or a code that is no sub-category of the profile; or there is no case.
    """
    known = {leaf.code for leaf in profile.leaf_categories}
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        code, tab, text = line.rstrip("\r\n").partition("\t")
        if not tab or not text.strip():
            raise CasesError(f"line {number}: write a code, a tab, and the text")
        if code.strip() not in known:
            raise CasesError(f"line {number}: “{code.strip()}” is no sub-category of {profile.id}")
        cases.append(Case(code.strip(), text.strip()))
    if not cases:
        raise CasesError("there is no case: write lines of a code, a tab, and a text")
    return cases


def measured(sorter: Sorter, cases: Sequence[Case]) -> Measure:
    """Return how good a sorter is on cases."""
    places, misses, sure = [], [], []
    for case in cases:
        found = sorter.suggest(case.text)
        codes = tuple(category.code for category, _share in found.ranked[:3])
        places.append(codes.index(case.code) if case.code in codes else len(codes) + 3)
        if found.sure is not None:
            sure.append(found.sure.code == case.code)
        if places[-1]:
            misses.append(Miss(case.code, case.text, codes))
    tops = sorted({case.code[:2] for case in cases})
    of_top = {
        top: [place for place, case in zip(places, cases, strict=True) if case.code[:2] == top]
        for top in tops
    }
    return Measure(
        _scores(places),
        Scores(len(sure), sum(sure), sum(sure)),
        tuple((top, _scores(held)) for top, held in of_top.items()),
        tuple(misses),
    )


def _scores(places: Sequence[int]) -> Scores:
    return Scores(len(places), sum(place == 0 for place in places), sum(place < 3 for place in places))
