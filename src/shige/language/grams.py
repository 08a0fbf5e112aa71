"""Text taken apart for learning: Chinese into runs of one to three characters, other scripts into words."""

import re
from typing import Final

from shige.profile.phrases import readings

_RUNS: Final = re.compile(r"[㐀-鿿]+|[a-z]+")
_LONGEST: Final = 3


def grams(text: str) -> list[str]:
    """Return the parts of a text, each as often as it stands there; digits and signs say nothing.

    Neighbouring Latin words also count as a pair: `street light` says more than its halves.
    """
    parts: list[str] = []
    before = ""
    for run in _RUNS.findall(readings(text)[1]):
        if run.isascii():
            parts.extend([run, f"{before} {run}"] if before else [run])
            before = run
        else:
            parts.extend(_pieces(run))
            before = ""
    return parts


def _pieces(run: str) -> list[str]:
    return [
        run[start : start + length]
        for length in range(1, _LONGEST + 1)
        for start in range(len(run) - length + 1)
    ]
