"""How good the suggestion is on texts that the model has not seen, and what is set by that.

Texts are parted into five folds, those that tell nearly the same always into one; each fold is judged by a
model that has not seen it. How much the model counts beside the keywords is chosen on the other folds, so no
text judges its own setting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from shige.language.category.features import Features
from shige.language.category.lessons import Lesson
from shige.language.category.model import Model, Quality, Scores, TopScores
from shige.language.category.regression import fit, rows_of
from shige.language.category.suggestion import blended
from shige.profile.keywords import keyword_shares

FOLDS: Final = 5
SHARES: Final = (0.0, 0.5, 0.8, 0.9, 0.95)
"""Settings that are tried for how much the model counts beside the keywords; the first is no model."""

ENOUGH: Final = 50
"""Distinct matters below which the reviewed texts are the test."""

RIGHT_WHEN_SURE: Final = 0.8
"""A category is named alone from the margin on at which this share of those named is right."""

MARGINS: Final = tuple(round(0.05 * step, 2) for step in range(20))


UNRANKED: Final = 99
"""The place of a category that was not suggested at all."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of the tested texts under each of SHARES (rows), each by a model that had not seen it.

    ``places`` is where the right category came (0 is first), ``gaps`` how far the first was ahead.
    """

    places: NDArray[np.int64]
    gaps: NDArray[np.float64]


def train(features: Features, lessons: Sequence[Lesson], trained_at: str) -> Model:
    """Return what is learned from all lessons, with its quality measured on folds.

    Raises
    ------
    ValueError
        The lessons name fewer than two categories.
    """
    rows = rows_of(features, lessons)
    model = fit(features, lessons, rows, trained_at)
    basis, tested = _tested(lessons)
    if not tested:
        return model
    fold = np.array([lessons[place].group % FOLDS for place in tested])
    judged = _judged(features, lessons, rows, tested, fold)
    share = _best(judged.places)
    margin = _margin(judged.places[share], judged.gaps[share])
    named = judged.gaps[share] >= margin
    sure = Scores(int(named.sum()), *[int((judged.places[share][named] == 0).sum())] * 2)
    tops = [lessons[place].code[:2] for place in tested]
    quality = _quality(basis, judged.places[0], _unseen(judged.places, fold), tops)
    return replace(model, share=SHARES[share], margin=margin, quality=replace(quality, sure=sure))


def _tested(lessons: Sequence[Lesson]) -> tuple[str, list[int]]:
    """Return what the quality is measured on: matters, or reviewed texts while there are too few of them."""
    groups = {lesson.group for lesson in lessons if lesson.source == "matter"}
    wanted = "matter" if len(groups) >= ENOUGH else "example"
    return f"{wanted}s", [place for place, lesson in enumerate(lessons) if lesson.source == wanted]


def _judged(
    features: Features,
    lessons: Sequence[Lesson],
    rows: csr_array,
    tested: Sequence[int],
    fold: NDArray[np.int64],
) -> _Judged:
    places = np.full((len(SHARES), len(tested)), UNRANKED)
    gaps = np.zeros(places.shape)
    for part in np.unique(fold):
        columns = [int(column) for column in np.flatnonzero(fold == part)]
        left_out = {tested[column] for column in columns}
        taught = [place for place in range(len(lessons)) if place not in left_out]
        model = fit(features, [lessons[place] for place in taught], rows[taught])
        for column in columns:
            lesson, row = lessons[tested[column]], rows[[tested[column]]].toarray()[0]
            keywords = keyword_shares(features.profile, lesson.text)
            for setting, share in enumerate(SHARES):
                mixed = blended(features.profile, keywords, model.shares(row), share) if setting else keywords
                places[setting, column], gaps[setting, column] = _judge(mixed, lesson.code)
    return _Judged(places, gaps)


def _judge(shares: Mapping[str, float], code: str) -> tuple[int, float]:
    """Return at which place the right category comes, and how far the first is ahead of the second."""
    total = sum(shares.values()) or 1.0
    in_turn = sorted((-share / total, found) for found, share in shares.items() if share > 0)
    ahead = [-negative for negative, _found in in_turn[:2]] + [0.0, 0.0]
    codes = [found for _negative, found in in_turn]
    return codes.index(code) if code in codes else UNRANKED, ahead[0] - ahead[1]


def _unseen(places: NDArray[np.int64], fold: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places, each fold judged with the share that suits the others."""
    chosen = np.full(places.shape[1], UNRANKED)
    for part in np.unique(fold):
        others = places[:, fold != part]
        chosen[fold == part] = places[_best(others if others.size else places), fold == part]
    return chosen


def _best(places: NDArray[np.int64]) -> int:
    """Return which share puts the right category first most often, then among the first three."""
    first, three = (places == 0).sum(axis=1), (places < 3).sum(axis=1)
    return int(np.lexsort((three, first))[-1])


def _margin(places: NDArray[np.int64], gaps: NDArray[np.float64]) -> float:
    """Return the least margin from which on those that are named alone are right often enough."""
    for margin in MARGINS:
        named = gaps >= margin
        if named.any() and (places[named] == 0).mean() >= RIGHT_WHEN_SURE:
            return margin
    return MARGINS[-1]


def _quality(
    basis: str, keywords: NDArray[np.int64], learned: NDArray[np.int64], tops: Sequence[str]
) -> Quality:
    by_top = np.array(tops)
    each = [
        TopScores(top, scores_of(keywords[by_top == top]), scores_of(learned[by_top == top]))
        for top in sorted(set(tops))
    ]
    return Quality(basis, scores_of(keywords), scores_of(learned), Scores(0, 0, 0), tuple(each))


def scores_of(places: NDArray[np.int64]) -> Scores:
    """Return how many there are, how many were right at first, and among three."""
    return Scores(len(places), int((places == 0).sum()), int((places < 3).sum()))
