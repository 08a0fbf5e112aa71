"""Learn categories from lessons: a linear model over features (logistic regression)."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from shige.language.category.features import Features
from shige.language.category.lessons import Lesson, mark_of
from shige.language.category.model import Model, Quality, Scores

TOLERANCE: Final = 1e-3
PENALTY: Final = 10.0  # inverse strength, as scikit-learn counts it
AT_ONCE: Final = 200
UNMEASURED: Final = Quality("none", Scores(0, 0, 0), Scores(0, 0, 0), Scores(0, 0, 0), ())
UNMEASURED_SHARE: Final = 0.9
UNMEASURED_MARGIN: Final = 0.3


def rows_of(features: Features, lessons: Sequence[Lesson]) -> csr_array:
    """Return the features of lessons, sparse, since a text holds few of all character runs."""
    texts = [lesson.text for lesson in lessons]
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    return csr_array(vstack([csr_array(features.rows(part)) for part in parts]))


def fit(features: Features, lessons: Sequence[Lesson], rows: csr_array, trained_at: str = "") -> Model:
    """Return what is learned from lessons and their rows, unmeasured.

    Raises
    ------
    ValueError
        The lessons name fewer than two categories.
    """
    model = LogisticRegression(C=PENALTY, max_iter=300, tol=TOLERANCE)
    with threadpool_limits(1):  # threads that wait for each other take five times as long
        model.fit(rows, [x.code for x in lessons], sample_weight=[x.weight for x in lessons])
    return Model(
        table=features.profile.table_of_categories(),
        engines=features.fingerprint,
        lessons=mark_of(lessons),
        trained_at=trained_at,
        examples=len(lessons),
        codes=tuple(str(code) for code in model.classes_),
        coefficients=_columns(model.coef_).T.astype(np.float32),
        intercepts=_intercepts(model.intercept_).astype(np.float32),
        share=UNMEASURED_SHARE,
        margin=UNMEASURED_MARGIN,
        quality=UNMEASURED,
    )


def _columns(rows: NDArray[Any]) -> NDArray[Any]:
    """Return a row for each class, also of two, which scikit-learn tells by one."""
    return np.vstack([-rows, rows]) / 2 if len(rows) == 1 else rows


def _intercepts(values: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([-values, values]) / 2 if len(values) == 1 else values
