"""Of which told cells a share may be told, so that neither of its parts is a small count (P8).

A share beside its base tells how many there were and were not: 5 of 6 names the one answered late. So the
matters of a cell are taken apart (in time, not in time, not due yet), and a share is told only where each of
these parts is empty or reaches the least count, and where what is left for the places that keep theirs back
does as well: then every part that is kept back lies in a table of which only sums are known that are large
enough (the threshold rule, for frequencies and their complements; Hundepool et al., *Statistical Disclosure
Control*, 2012, ch. 5).

Three sums of places by categories by parts bound what is in the table much closer than two do, sometimes to
one value, while bounds from two of them are wide where the sums are large (Dobra and Fienberg, *PNAS* 97,
2000). So never are told beside each other the categories of places, the parts of these places, and the parts
of finer categories of the area around them: the places that tell categories share one partition for a share,
and all others tell it of all categories together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .cube import Path, inner_places
from .partition import Partition, common, is_small, merged, whole_of

Parts = npt.NDArray[np.int64]
"""Counts of the parts (first axis) into which the matters of leaves (second) and categories (third) fall."""

Told = Mapping[Path, Partition]
"""Places, each with the blocks of categories by which something is told of it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The cells whose count of matters is told: ``blocks`` of a ``Cube`` of these leaves and categories."""

    leaves: Sequence[Path]
    codes: Sequence[str]
    blocks: Told
    under: int

    def told(self, parts: Parts, *around: Told) -> dict[Path, Partition]:
        """Return the places that may tell how many matters fall into each part, by blocks of categories.

        Parameters
        ----------
        parts
            All that follows of a cell's matters from what is told of it.
        around
            The shares of which these are parts: told only where each of them is.
        """
        outer = around or (self.blocks,)
        within = {
            place: common([one[place] for one in outer])
            for place in self.blocks
            if all(place in one for one in outer)
        }
        if () not in within or is_small(parts.sum(axis=(1, 2)), self.under, empty=True):
            return {}
        whole = [whole_of(self.codes)]
        wide = [place for place, blocks in self.blocks.items() if len(blocks) > 1]
        shared = self._shared(parts, within, wide) if set(wide) <= set(within) else whole
        found: dict[Path, Partition] = dict.fromkeys(wide, shared) if len(shared) > 1 else {(): whole}
        waiting = list(found)
        while waiting:
            told = self._inner(waiting.pop(), parts, within, found)
            found |= dict.fromkeys(told, whole)
            waiting += told
        return found

    def _shared(self, parts: Parts, within: Told, wide: Sequence[Path]) -> Partition:
        """Return the blocks by which all places tell a share that tell categories."""
        if not wide:
            return [whole_of(self.codes)]
        rows = []
        for place in wide:
            members = self._rows(place)
            inner = inner_places(self.leaves, place, members)
            silent = [row for child, at in inner.items() if child not in wide for row in at]
            rows += [parts[:, some].sum(axis=1) for some in (members, np.array(silent, dtype=np.intp))]
        start = common([within[place] for place in wide])
        return merged(self.codes, start, np.concatenate(rows), self.under, empty=True)

    def _inner(self, place: Path, parts: Parts, within: Told, found: Told) -> list[Path]:
        """Return the places right in one that tell a share of all categories together."""
        inner = inner_places(self.leaves, place, self._rows(place))
        sums = {child: parts[:, rows].sum(axis=(1, 2)) for child, rows in inner.items() if child not in found}
        kept = {
            child
            for child, counts in sums.items()
            if child not in within or is_small(counts, self.under, empty=True)
        }
        large = sorted(sums.keys() - kept, key=lambda child: (int(sums[child].sum()), str(child)))
        while large and is_small(_left(sums, kept, len(parts)), self.under, empty=True):
            kept.add(large.pop(0))
        return large

    def _rows(self, place: Path) -> npt.NDArray[np.intp]:
        depth = len(place)
        return np.array([at for at, leaf in enumerate(self.leaves) if leaf[:depth] == place], dtype=np.intp)


def _left(sums: Mapping[Path, Parts], kept: set[Path], parts: int) -> Parts:
    """Return the parts of all places together that keep theirs back."""
    return sum((sums[child] for child in kept), np.zeros(parts, np.int64))
