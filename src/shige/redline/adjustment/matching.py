"""Which organisation without a grid closes which gap: as few changes as can be, then the nearest. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

Act = Literal["retie", "found", "merge", "untie"]
NEAREST: Final = 1000.0
"""Above every closeness: a change that is saved counts for more than any nearness."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change: ``gap`` and ``loose`` are places in what was given, ``into`` an organisation's key.

    ``retie`` ties a loose organisation to a gap, ``found`` founds one for a gap, ``merge`` lets a loose one
    merge into another, ``untie`` keeps one without a grid whose grid has ended.
    """

    act: Act
    gap: int | None = None
    loose: int | None = None
    into: int | None = None


def steps(
    gaps: int,
    stranded: Sequence[bool],
    closeness: Mapping[tuple[int, int], float],
    targets: Mapping[int, int],
) -> list[Step]:
    """Return the changes that close every gap and leave no stranded organisation.

    Parameters
    ----------
    gaps
        How many grids have no organisation.
    stranded
        Of each organisation without a grid, whether its grid has ended. Others may stay as they are.
    closeness
        By (loose, gap): from 0 up to, not including, ``NEAREST``; pairs that are missing are impossible.
    targets
        Into which organisation a loose one could merge.

    Each gap takes one change and each stranded organisation takes one; a change that serves both saves one,
    so the most such pairs make the fewest changes.
    """
    pairs = _matched(gaps, stranded, closeness)
    ties = {gap: loose for loose, gap in pairs.items()}
    made = [Step("retie", gap, ties[gap]) if gap in ties else Step("found", gap) for gap in range(gaps)]
    left = [loose for loose, ended in enumerate(stranded) if ended and loose not in pairs]
    return made + [
        Step("merge", loose=loose, into=targets[loose]) if loose in targets else Step("untie", loose=loose)
        for loose in left
    ]


def _matched(
    gaps: int, stranded: Sequence[bool], closeness: Mapping[tuple[int, int], float]
) -> dict[int, int]:
    """Return the gap of each organisation that closes one: the most of the stranded, then the nearest."""
    if not closeness:
        return {}
    worth = np.zeros((len(stranded), gaps))
    for (loose, gap), near in closeness.items():
        worth[loose, gap] = near + 1 + (2 * NEAREST * (gaps + 1) if stranded[loose] else 0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return {int(row): int(column) for row, column in zip(rows, columns, strict=True) if worth[row, column]}
