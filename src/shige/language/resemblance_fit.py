"""Learn likeness from the reviewed examples, and write it where the program reads it.

Run ``python -m shige.language.resemblance_fit`` after the examples or their normalising changed, and commit
the files. It takes the engine a minute or two to read all examples.
"""

import json
from pathlib import Path
from typing import Final, get_args

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from shige.language.embedding import Embedder
from shige.language.engines import GRAMS
from shige.language.examples import Example, examples_mark, shipped_examples
from shige.language.marks import Subject, sorts_of
from shige.language.resemblance import NONE, Numbers, Resemblance, own_engine, rows_of
from shige.language.sentences import views
from shige.profile.equivalents import shipped_equivalents

PENALTY: Final[dict[Subject, float]] = {"danger": 10.0, "complaints": 3.0}
"""Inverse strength, as scikit-learn counts it; chosen on examples held out by the round of their writing."""

EVEN: Final[dict[Subject, float]] = {"danger": 0.0, "complaints": 1.0}
"""How much what is to be found weighs in all beside what is harmless; 0 lets each example count once."""

_NOWHERE: Final = np.zeros(0, dtype=np.float32)
_FOLDER: Final = Path(__file__).with_name("learnt")


def lessons(examples: tuple[Example, ...]) -> list[Example]:
    """Return the examples as they are looked at: a harmless story in all its views, anything else whole."""
    equivalents = shipped_equivalents()
    told = [(example, views(equivalents, example.text)) for example in examples]
    return [
        Example(example.kind, part)
        for example, parts in told
        for part in (parts if example.kind == NONE else parts[-1:])
    ]


def fit(subject: Subject, examples: tuple[Example, ...], meanings: Embedder | None) -> Resemblance:
    """Return what is learned from examples with an engine; None stands for character runs."""
    told = lessons(examples)
    texts, kinds = [one.text for one in told], [one.kind for one in told]
    centre = meanings.encode(texts).mean(axis=0) if meanings else _NOWHERE
    labels = [_label(kind, sort) for kind, sort in zip(kinds, sorts_of(subject, texts), strict=True)]
    model = LogisticRegression(C=PENALTY[subject], max_iter=200)
    with threadpool_limits(1):
        model.fit(rows_of(subject, meanings, texts, centre), labels, sample_weight=_weights(subject, kinds))
    columns, intercepts = _of_each(model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))
    return Resemblance(
        subject=subject,
        engine=meanings.fingerprint if meanings else GRAMS,
        examples=examples_mark(subject),
        kinds=tuple(str(label).split(" ")[0] for label in model.classes_),
        centre=centre,
        coefficients=columns,
        intercepts=intercepts,
    )


def _label(kind: str, sort: str) -> str:
    """Part what is harmless by its sort: a quarrel of neighbours is nothing like praise of staff."""
    return f"{kind} {sort}" if kind == NONE else kind


def _weights(subject: Subject, kinds: list[str]) -> list[float]:
    harmless = kinds.count(NONE)
    heavy = EVEN[subject] * harmless / (len(kinds) - harmless) or 1.0
    return [1.0 if kind == NONE else heavy for kind in kinds]


def _of_each(columns: Numbers, intercepts: Numbers) -> tuple[Numbers, Numbers]:
    """Return a column for each kind, also of two, which scikit-learn tells by one."""
    if columns.shape[1] > 1:
        return columns, intercepts
    twice = np.hstack([-columns, columns]) / 2, np.concatenate([-intercepts, intercepts]) / 2
    return twice[0].astype(np.float32), twice[1].astype(np.float32)


def write(learned: Resemblance, path: Path) -> None:
    """Write what was learned in half precision: a hundred kilobytes."""
    about = {"engine": learned.engine, "examples": learned.examples, "kinds": learned.kinds}
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
            centre=learned.centre,
            coefficients=learned.coefficients.astype(np.float16),
            intercepts=learned.intercepts,
        )


def main() -> None:
    """Learn each subject with each engine that works here."""
    for subject in get_args(Subject):
        examples = shipped_examples(subject)
        for meanings in dict.fromkeys([own_engine(), None]):
            name = meanings.name if meanings else GRAMS
            write(fit(subject, examples, meanings), _FOLDER / f"{subject}.{name}.npz")


if __name__ == "__main__":
    main()
