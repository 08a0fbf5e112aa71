"""What was learned of how people say things: shares of categories for a text, from one file of numbers.

The file is a NumPy archive whose arrays are numbers and text, read without pickle: whoever puts another one
in its place can at worst make a wrong suggestion.
"""

import json
import os
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from shige.language.category.features import Features
from shige.language.embedding import Numbers

FORMAT: Final = 2
NUMBERS: Final = ("coefficients", "intercepts")


class ModelError(Exception):
    """The file is none of ours, or broken."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How often the right category came first, and among the first three, of ``count`` texts."""

    count: int
    first: int
    three: int


@dataclass(frozen=True, slots=True)
class TopScores:
    """The scores of one top category, by the keywords alone and with what was learned."""

    top: str
    keywords: Scores
    learned: Scores


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the suggestion was on texts held out of the learning (``basis``: matters or examples).

    ``sure`` counts how often it would have named one category alone (``count``), and how often that was
    right (``first``).
    """

    basis: str
    keywords: Scores
    learned: Scores
    sure: Scores
    tops: tuple[TopScores, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """One training's result.

    Attributes
    ----------
    table
        Fingerprint of the profile's categories under which it was learned.
    engines
        Fingerprint of the engines that made its rows.
    lessons
        Fingerprint of the texts that it was taught.
    trained_at, examples
        When (ISO 8601), and from how many texts.
    codes, coefficients, intercepts
        A column for each of the codes, a row for each number of ``Features``.
    share
        How much it counts beside the keywords, from 0 to 1.
    margin
        How far the first category must be ahead of the second, in shares, to be named alone.
    quality
        How good it was on what it had not seen.
    """

    table: str
    engines: str
    lessons: str
    trained_at: str
    examples: int
    codes: tuple[str, ...]
    coefficients: Numbers
    intercepts: Numbers
    share: float
    margin: float
    quality: Quality

    def shares(self, row: Numbers) -> dict[str, float]:
        """Return how likely each category is, by code, summing to 1; none where the row says nothing."""
        if not row.any():
            return {}
        scores = row @ self.coefficients + self.intercepts
        likely = np.exp(scores - scores.max())
        return dict(zip(self.codes, (likely / likely.sum()).tolist(), strict=True))

    def suits(self, features: Features) -> bool:
        """Say whether it was learned under these categories and engines."""
        return self.table == features.profile.table_of_categories() and self.engines == features.fingerprint


def write_model(model: Model, path: Path) -> None:
    """Write what was learned, all or nothing: a reader finds the old file until the new one is whole."""
    about = asdict(model) | {"format": FORMAT}
    numbers = {name: about.pop(name).astype(np.float16) for name in NUMBERS}
    told = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        np.savez_compressed(file, about=told, **numbers)
    aside.replace(path)


def read_model(path: Path) -> Model:
    """Read what ``write_model`` wrote.

    Raises
    ------
    ModelError
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
        raise ModelError(f"{path.name} was not written by `shige category train`: {error}") from error


def _built(about: dict[str, Any], numbers: dict[str, Numbers]) -> Model:
    if about["format"] != FORMAT:
        raise ValueError(f"format {about['format']}")
    quality = about["quality"]
    return Model(
        table=str(about["table"]),
        engines=str(about["engines"]),
        lessons=str(about["lessons"]),
        trained_at=str(about["trained_at"]),
        examples=int(about["examples"]),
        codes=tuple(about["codes"]),
        share=float(about["share"]),
        margin=float(about["margin"]),
        quality=Quality(
            basis=str(quality["basis"]),
            keywords=Scores(**quality["keywords"]),
            learned=Scores(**quality["learned"]),
            sure=Scores(**quality["sure"]),
            tops=tuple(
                TopScores(top["top"], Scores(**top["keywords"]), Scores(**top["learned"]))
                for top in quality["tops"]
            ),
        ),
        **numbers,
    )


def _checked(model: Model) -> Model:
    """Refuse a file whose parts do not fit: it would fail at a resident's first word."""
    columns = (len(model.codes),)
    fits = model.coefficients.shape[1:] == columns == model.intercepts.shape
    finite = all(np.isfinite(getattr(model, name)).all() for name in NUMBERS)
    if not (fits and finite and 0 <= model.share <= 1 and 0 <= model.margin <= 1):
        raise ValueError("parts that do not fit together")
    return model
