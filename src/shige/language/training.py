"""Learn categories from lessons, and measure on what was held out how much better it is than keywords.

A linear model over weighted character runs (logistic regression). Matters are parted into five folds, texts
that tell nearly the same always into one; each fold is judged by a model that has not seen it. How much the
model counts beside the keywords is chosen on the other folds, so no text judges its own setting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from shige.language.grams import grams
from shige.language.learned import Learned, Quality, Scores, TopScores
from shige.language.lessons import Lesson
from shige.profile.model import Profile
from shige.profile.suggestion import blended, lexicon_shares

FOLDS: Final = 5
MOST_GRAMS: Final = 20_000
TOLERANCE: Final = 1e-3
PENALTY: Final = 10.0  # inverse strength, as scikit-learn counts it
SHARES: Final = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
UNMEASURED_SHARE: Final = 0.9
ENOUGH: Final = 50  # distinct matters below which labels are the test
UNMEASURED: Final = Quality("none", Scores(0, 0, 0), Scores(0, 0, 0), ())

Ranks = NDArray[np.int64]
"""For each share of SHARES a row: the place (0 is first) of the right category of each text."""


def train(profile: Profile, lessons: Sequence[Lesson], trained_at: str) -> Learned:
    """Return what is learned from all lessons, with its quality measured on folds.

    Raises
    ------
    ValueError
        The lessons name fewer than two categories.
    """
    basis, tested = _tested(lessons)
    fold = np.array([lesson.group % FOLDS for lesson in tested])
    ranks = _ranks(profile, lessons, tested, fold)
    share, quality = _measured(basis, tested, fold, ranks)
    learned = fit(profile, lessons, trained_at)
    return replace(learned, share=share, quality=quality)


def fit(profile: Profile, lessons: Sequence[Lesson], trained_at: str = "") -> Learned:
    """Return what is learned from these lessons, unmeasured and counting fully."""
    counter = CountVectorizer(analyzer=grams, max_features=MOST_GRAMS, dtype=np.float32)
    counts = counter.fit_transform([lesson.text for lesson in lessons])
    weigher = TfidfTransformer(sublinear_tf=True)
    weighed: csr_matrix = weigher.fit_transform(counts)
    model = LogisticRegression(C=PENALTY, max_iter=300, tol=TOLERANCE)
    with threadpool_limits(1):  # threads that wait for each other take five times as long
        model.fit(weighed, [x.code for x in lessons], sample_weight=[x.weight for x in lessons])
    return Learned(
        fingerprint=profile.table_of_categories(),
        trained_at=trained_at,
        examples=len(lessons),
        codes=tuple(str(code) for code in model.classes_),
        vocabulary=tuple(counter.get_feature_names_out().tolist()),
        rarity=weigher.idf_.astype(np.float32),
        coefficients=_columns(model.coef_).T.astype(np.float32),
        intercepts=_intercepts(model.intercept_).astype(np.float32),
        share=1.0,
        quality=UNMEASURED,
    )


def _columns(rows: NDArray[Any]) -> NDArray[Any]:
    """Return a row for each class, also of two, which scikit-learn tells by one."""
    return np.vstack([-rows, rows]) / 2 if len(rows) == 1 else rows


def _intercepts(values: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([-values, values]) / 2 if len(values) == 1 else values


def _tested(lessons: Sequence[Lesson]) -> tuple[str, list[Lesson]]:
    """Return what the quality is measured on: matters, or labels while there are too few of them."""
    matters = [lesson for lesson in lessons if lesson.source == "matter"]
    if len({lesson.group for lesson in matters}) >= ENOUGH:
        return "matters", matters
    return "labels", [lesson for lesson in lessons if lesson.source == "label"]


def _ranks(profile: Profile, lessons: Sequence[Lesson], tested: list[Lesson], fold: NDArray[Any]) -> Ranks:
    ranks = np.zeros((len(SHARES), len(tested)), dtype=np.int64)
    held = {id(lesson): part for lesson, part in zip(tested, fold, strict=True)}
    for part in set(fold.tolist()):
        model = fit(profile, [lesson for lesson in lessons if held.get(id(lesson)) != part])
        for column in np.flatnonzero(fold == part):
            ranks[:, column] = _places(profile, model, tested[column])
    return ranks


def _places(profile: Profile, model: Learned, lesson: Lesson) -> list[int]:
    """Return at which place the right category comes, for each share of SHARES; the first one is no model."""
    lexicon, learned = lexicon_shares(profile, lesson.text), model.shares(lesson.text)
    mixed = [lexicon, *(blended(profile, lexicon, learned, share) for share in SHARES[1:])]
    return [_place(shares, lesson.code) for shares in mixed]


def _place(shares: dict[str, float], code: str) -> int:
    in_turn = [found for _share, found in sorted((-share, found) for found, share in shares.items())]
    return in_turn.index(code) if code in in_turn else len(in_turn) + 99


@dataclass(frozen=True, slots=True)
class _Counted:
    """The places of texts by the lexicon and by the model, judged with a share chosen elsewhere."""

    lexicon: Ranks
    learned: Ranks

    def scores(self, chosen: NDArray[Any]) -> tuple[Scores, Scores]:
        return _scores(self.lexicon[chosen]), _scores(self.learned[chosen])


def _measured(basis: str, tested: list[Lesson], fold: NDArray[Any], ranks: Ranks) -> tuple[float, Quality]:
    """Return the share to use and the quality, each fold judged with the share that suits the others."""
    if not tested:
        return UNMEASURED_SHARE, UNMEASURED
    learned = np.zeros(len(tested), dtype=np.int64)
    for part in set(fold.tolist()):
        others = ranks[:, fold != part]
        learned[fold == part] = ranks[_best(others if others.size else ranks), fold == part]
    counted = _Counted(ranks[0], learned)
    top = np.array([lesson.code[:2] for lesson in tested])
    tops = tuple(TopScores(code, *counted.scores(top == code)) for code in sorted(set(top.tolist())))
    return SHARES[_best(ranks)], Quality(basis, *counted.scores(np.full(len(tested), True)), tops)


def _best(ranks: Ranks) -> int:
    """Return which share puts the right category first most often, then among the first three."""
    first, three = (ranks == 0).sum(axis=1), (ranks < 3).sum(axis=1)
    return int(np.lexsort((three, first))[-1])


def _scores(ranks: Ranks) -> Scores:
    return Scores(len(ranks), int((ranks == 0).sum()), int((ranks < 3).sum()))
