"""A text as the row of numbers from which its category is told: its meaning, and its character runs.

The first sentence says what a letter is about and weighs most; a few of the next ones count as well. The
sentences are the ones in which danger is looked for, so that each is embedded once for both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from shige.language.embedding import Embedder, Numbers, embedder
from shige.language.engines import GRAMS
from shige.language.sentences import sentences
from shige.profile import Profile

MOST_SENTENCES: Final = 4
LATER: Final = 0.5
"""How much each later sentence weighs beside the first one."""

MEANING: Final = 3.0
"""How much meaning weighs beside character runs. All embeddings point about the same way, so what tells
texts apart is the small part by which they differ."""


@dataclass(frozen=True, slots=True)
class Features:
    """The engines whose numbers stand side by side: meaning where it works, character runs always."""

    profile: Profile
    engines: tuple[Embedder, ...]

    @property
    def fingerprint(self) -> str:
        """Return what tells rows of these engines from all others."""
        return "+".join(engine.fingerprint for engine in self.engines)

    @property
    def dimension(self) -> int:
        """Return how many numbers a row has."""
        return sum(engine.dimension for engine in self.engines)

    def rows(self, texts: Sequence[str]) -> Numbers:
        """Return a row (n, features) for each text; all zeros for one that says nothing."""
        parted = [sentences(self.profile, text)[:MOST_SENTENCES] for text in texts]
        blocks = [_weighed(engine, parted) for engine in self.engines]
        return np.hstack(blocks)


def features(profile: Profile, meaning: Embedder) -> Features:
    """Return the features that an engine allows: where it knows spellings only, these alone."""
    runs = embedder(GRAMS)
    return Features(profile, (runs,) if meaning.fallback else (meaning, runs))


def _weighed(engine: Embedder, parted: Sequence[Sequence[str]]) -> Numbers:
    """Return for each text the direction in which its sentences point together, the first one most."""
    said = list(dict.fromkeys(sentence for parts in parted for sentence in parts))
    known = dict(zip(said, engine.encode(said), strict=True))
    rows = np.zeros((len(parted), engine.dimension), dtype=np.float32)
    for row, parts in zip(rows, parted, strict=True):
        for place, sentence in enumerate(parts):
            row += known[sentence] * (LATER if place else 1.0)
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
    scaled: Numbers = rows / lengths * np.float32(1.0 if engine.fallback else MEANING)
    return scaled
