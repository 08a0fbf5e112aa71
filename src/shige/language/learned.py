"""What was learned of how people say things: shares of categories for a text, from one file of numbers.

The file is a NumPy archive whose arrays are numbers and text, read without pickle: whoever puts another one
in its place can at worst make a wrong suggestion.
"""

import json
import os
import zipfile
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from shige.language.grams import grams

FORMAT: Final = 1
NUMBERS: Final = ("rarity", "coefficients", "intercepts")
Numbers = NDArray[np.float32]


class LearnedError(Exception):
    """The file is none of ours, or broken."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How often the right category came first, and among the first three, of ``count`` texts."""

    count: int
    first: int
    three: int


@dataclass(frozen=True, slots=True)
class TopScores:
    """The scores of one top category, by the lexicon alone and with what was learned."""

    top: str
    lexicon: Scores
    learned: Scores


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the suggestion was on texts held out of the learning (``basis``: matters or labels)."""

    basis: str
    lexicon: Scores
    learned: Scores
    tops: tuple[TopScores, ...]


@dataclass(frozen=True)
class Learned:
    """One training's result.

    ``coefficients`` has a row for each gram of ``vocabulary`` and a column for each of ``codes``; ``rarity``
    is the weight of each gram (inverse document frequency). ``share`` is how much it counts beside the
    lexicon, from 0 to 1.
    """

    fingerprint: str
    trained_at: str
    examples: int
    codes: tuple[str, ...]
    vocabulary: tuple[str, ...]
    rarity: Numbers
    coefficients: Numbers
    intercepts: Numbers
    share: float
    quality: Quality

    def shares(self, text: str) -> dict[str, float]:
        """Return how likely each category is, by code, summing to 1; nothing known of the text gives none."""
        counted = Counter(self._places[gram] for gram in grams(text) if gram in self._places)
        if not counted:
            return {}
        rows = np.fromiter(counted, dtype=np.intp)
        weights = (1 + np.log(np.fromiter(counted.values(), dtype=np.float32))) * self.rarity[rows]
        scores = (weights / np.linalg.norm(weights)) @ self.coefficients[rows] + self.intercepts
        likely = np.exp(scores - scores.max())
        return dict(zip(self.codes, (likely / likely.sum()).tolist(), strict=True))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {gram: place for place, gram in enumerate(self.vocabulary)}


def write_learned(learned: Learned, path: Path) -> None:
    """Write what was learned, all or nothing: a reader finds the old file until the new one is whole."""
    about = {
        "format": FORMAT,
        "fingerprint": learned.fingerprint,
        "trained_at": learned.trained_at,
        "examples": learned.examples,
        "codes": learned.codes,
        "vocabulary": learned.vocabulary,
        "share": learned.share,
        "quality": asdict(learned.quality),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        np.savez_compressed(
            file,
            about=np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8),
            rarity=learned.rarity,
            coefficients=learned.coefficients,
            intercepts=learned.intercepts,
        )
    aside.replace(path)


def read_learned(path: Path) -> Learned:
    """Read what ``write_learned`` wrote.

    Raises
    ------
    LearnedError
        It is no such file, of another format, or its parts do not fit together.
    FileNotFoundError
        There is none.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            about = json.loads(held["about"].tobytes())
            numbers = {name: held[name].astype(np.float32) for name in NUMBERS}
        return _checked(_built(about, numbers))
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise LearnedError(f"{path.name} was not written by `shige category train`: {error}") from error


def _built(about: dict[str, Any], numbers: dict[str, Numbers]) -> Learned:
    if about["format"] != FORMAT:
        raise ValueError(f"format {about['format']}")
    quality = about["quality"]
    return Learned(
        fingerprint=str(about["fingerprint"]),
        trained_at=str(about["trained_at"]),
        examples=int(about["examples"]),
        codes=tuple(about["codes"]),
        vocabulary=tuple(about["vocabulary"]),
        share=float(about["share"]),
        quality=Quality(
            basis=str(quality["basis"]),
            lexicon=Scores(**quality["lexicon"]),
            learned=Scores(**quality["learned"]),
            tops=tuple(
                TopScores(top["top"], Scores(**top["lexicon"]), Scores(**top["learned"]))
                for top in quality["tops"]
            ),
        ),
        **numbers,
    )


def _checked(learned: Learned) -> Learned:
    """Refuse a file whose parts do not fit: it would fail at a resident's first word."""
    shape = (len(learned.vocabulary), len(learned.codes))
    fits = learned.coefficients.shape == shape and learned.rarity.shape == shape[:1]
    finite = all(np.isfinite(getattr(learned, name)).all() for name in NUMBERS)
    if not (fits and learned.intercepts.shape == shape[1:] and finite and 0 <= learned.share <= 1):
        raise ValueError("parts that do not fit together")
    return learned
