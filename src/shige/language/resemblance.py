"""How like a text is to the reviewed examples of each kind: a linear model over rows of numbers.

Its coefficients come with the program, made by ``python -m shige.language.resemblance_fit`` from the examples
beside the profile (`speech/danger_examples.tsv`): at the start nothing is learned, and everywhere the same
text gets the same answer. There is one file for each engine of the program's own; an engine that the operator
names for the suggestion of categories changes nothing here.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shige.language.embedding import Embedder, embedder
from shige.language.engines import GRAMS
from shige.language.marks import Subject, marks_of

Numbers = NDArray[np.float32]

NONE: Final = "none"
"""The kind of examples that only look like the others."""

SPELLING: Final = 1.5
"""How much spelling counts beside meaning, whose rows are of length 1; chosen on examples held out by the
round in which they were written."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What was learned of a subject with one engine; ``coefficients`` has a row for each number of a text.

    ``kinds`` names the kind of each column; the harmless one may have several, each of another sort.
    """

    subject: Subject
    engine: str
    examples: str
    kinds: tuple[str, ...]
    centre: Numbers
    coefficients: Numbers
    intercepts: Numbers

    def shares(self, passages: Sequence[str]) -> Numbers:
        """Return a row (n, kinds) for each passage: how likely each of ``kinds`` is, summing to 1."""
        scores = (
            rows_of(self.subject, self._meanings(), passages, self.centre) @ self.coefficients
            + self.intercepts
        )
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Numbers = likely / likely.sum(axis=1, keepdims=True)
        return shares

    def told(self, shares: Numbers) -> Numbers:
        """Return how likely (0 to 1) each passage is of any kind but the harmless one."""
        rest: Numbers = 1 - shares[:, [kind == NONE for kind in self.kinds]].sum(axis=1)
        return rest

    def _meanings(self) -> Embedder | None:
        return own_engine() if self.centre.size else None


def own_engine() -> Embedder | None:
    """Return the program's own engine that knows meanings; None where only character runs work."""
    engine = embedder()
    return None if engine.fallback else engine


def rows_of(subject: Subject, meanings: Embedder | None, passages: Sequence[str], centre: Numbers) -> Numbers:
    """Return the numbers of each passage: how far its meaning is from the common one, spelling and marks."""
    spelled = np.hstack([embedder(GRAMS).encode(passages) * SPELLING, marks_of(subject, passages)])
    if meanings is None:
        return spelled
    meant = meanings.encode(passages) - centre
    meant /= np.maximum(np.linalg.norm(meant, axis=1, keepdims=True), 1e-9)
    return np.hstack([meant, spelled])


def resemblance(subject: Subject) -> Resemblance:
    """Return what was learned of a subject for the best engine that works here; read once."""
    engine = own_engine()
    return _learned(subject, engine.name if engine else GRAMS, engine.fingerprint if engine else "")


@lru_cache(maxsize=8)
def _learned(subject: Subject, engine: str, fingerprint: str) -> Resemblance:
    """Read the file of an engine; of another version the numbers would not compare, so spelling serves."""
    learned = read_resemblance(subject, engine)
    return learned if learned.engine == fingerprint or engine == GRAMS else read_resemblance(subject, GRAMS)


def read_resemblance(subject: Subject, engine: str) -> Resemblance:
    """Read a file that comes with the program."""
    with resources.files("shige.language").joinpath("learnt", f"{subject}.{engine}.npz").open("rb") as file:
        held = np.load(file, allow_pickle=False)
        about = json.loads(held["about"].tobytes())
        numbers = {name: held[name].astype(np.float32) for name in ("centre", "coefficients", "intercepts")}
    return Resemblance(subject, about["engine"], about["examples"], tuple(about["kinds"]), **numbers)
