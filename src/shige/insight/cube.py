"""Which cells of a cube of places and categories may be told, so that no other can be worked out (P8).

A cell is a place of some level with a category, or with all of them. A cell is never told with fewer matters
than the least count. What is told besides is chosen so that every cell that is kept back still has more than
one possible value for whoever knows all told ones (complementary suppression; Hundepool et al., *Statistical
Disclosure Control*, 2012, ch. 4):

- Of the places in one place the small ones are kept back, with the next smallest, so that there are two of
  them and together they reach the least count.
- Categories are told by the blocks of a partition, which gets coarser on the way down. The places beside each
  other that tell categories share one partition; the others are at least two, and reach the least count in
  every block of it. So what is kept back in a block lies in a table of two rows and two columns or more, of
  which only the sums are known, and all of them are positive: each of its cells can be more or less.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from shige.trust.suppression import hidden

from .partition import Block, Partition, merged, top_of, whole_of

Path = tuple[int | None, ...]
"""A place by the ids of the places around it, the widest first; () is everything, None outside each."""

Counts = npt.NDArray[np.int64]

ALL: Final = ""
"""The category of all matters."""

MOST_TRIED: Final = 8
"""How many choices of places that tell categories are compared beside each other."""


def named(code: str) -> str:
    """Return the cell's name of a category as matters carry it; of a top category itself ``11.``."""
    return f"{code}." if code == top_of(code) else code


@dataclass(frozen=True, slots=True)
class Cube:
    """Counts of leaves (rows) by the categories that matters carry (columns).

    Places with more than ``deepest`` ids tell no categories.
    """

    leaves: Sequence[Path]
    codes: Sequence[str]
    counts: Counts
    deepest: int = 5

    def told(self, under: int) -> dict[Path, frozenset[str]]:
        """Return the places whose count may be told, each with the categories that may.

        Parameters
        ----------
        under
            Counts from 1 to ``under`` - 1 are small.
        """
        return {place: self.names(blocks) for place, blocks in self.blocks(under).items()}

    def blocks(self, under: int) -> dict[Path, Partition]:
        """Return the places whose count may be told, each with the blocks of categories by which it may."""
        found: dict[Path, Partition] = {}
        if int(self.counts.sum()) < under:
            return found
        singles: Partition = [(column,) for column in range(len(self.codes))]
        whole = merged(self.codes, singles, self.counts.sum(axis=0, keepdims=True), under)
        self._visit((), np.arange(len(self.leaves)), whole, under, found)
        return found

    def _visit(
        self,
        place: Path,
        rows: npt.NDArray[np.intp],
        partition: Partition,
        under: int,
        found: dict[Path, Partition],
    ) -> None:
        """Tell a place by the blocks of its categories, then those in it."""
        found[place] = partition
        inner = inner_places(self.leaves, place, rows)
        if not inner:
            return
        sums = np.stack([self.counts[members].sum(axis=0) for members in inner.values()])
        secret = hidden([int(total) for total in sums.sum(axis=1)], under)
        open_ = [at for at in range(len(sums)) if at not in secret and sums[at].sum() > 0]
        rest = sums[sorted(secret)].sum(axis=0) if secret else None
        full, shared = frozenset[int](), [self._whole()]
        if len(place) < self.deepest:
            full, shared = self._choose(partition, sums, open_, rest, under)
        places = list(inner)
        for at in open_:
            blocks = shared if at in full else [self._whole()]
            self._visit(places[at], inner[places[at]], blocks, under, found)

    def _choose(
        self, partition: Partition, sums: Counts, open_: list[int], rest: Counts | None, under: int
    ) -> tuple[frozenset[int], Partition]:
        """Return which of the told places tell categories, and by which blocks: what tells most."""
        best: tuple[int, frozenset[int], Partition] = (0, frozenset(), [self._whole()])
        if len(partition) == 1:
            return best[1:]
        ordered = sorted(open_, key=lambda at: (-int(sums[at].sum()), at))
        for many in _tried(len(ordered)):
            silent = ordered[many:]
            if len(silent) == 1 and rest is None:
                continue
            rows = [sums[at] for at in ordered[:many]]
            if silent or rest is not None:
                rows.append(sums[silent].sum(axis=0) + (0 if rest is None else rest))
            blocks = merged(self.codes, partition, np.stack(rows), under)
            worth = many * (len(self.names(blocks)) - 1)
            if worth >= best[0] and len(blocks) > 1:
                best = (worth, frozenset(ordered[:many]), blocks)
        return best[1:]

    def names(self, partition: Partition) -> frozenset[str]:
        """Return the categories that are blocks together: their count follows from those of the blocks."""
        block_of = {column: at for at, block in enumerate(partition) for column in block}
        found = {ALL}
        for name, columns in self._named.items():
            touched = {block_of[column] for column in columns}
            if sum(len(partition[at]) for at in touched) == len(columns):
                found.add(name)
        return frozenset(found)

    @property
    def _named(self) -> Mapping[str, list[int]]:
        columns: dict[str, list[int]] = defaultdict(list)
        for at, code in enumerate(self.codes):
            columns[top_of(code)].append(at)
            columns[named(code)].append(at)
        return columns

    def _whole(self) -> Block:
        return whole_of(self.codes)


def inner_places(
    leaves: Sequence[Path], place: Path, rows: npt.NDArray[np.intp]
) -> dict[Path, npt.NDArray[np.intp]]:
    """Return the places right in one, each with its rows."""
    depth = len(place) + 1
    inside: dict[Path, list[int]] = defaultdict(list)
    for row in rows:
        if len(leaves[row]) >= depth:
            inside[leaves[row][:depth]].append(int(row))
    return {child: np.array(members, dtype=np.intp) for child, members in inside.items()}


def _tried(many: int) -> list[int]:
    """Return how many places, the largest first, are tried as those that tell categories."""
    steps = min(many, MOST_TRIED)
    return sorted({round(many * step / steps) for step in range(1, steps + 1)}) if many else []
