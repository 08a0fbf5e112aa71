"""Blocks of categories that are told together, so that each is large enough wherever it is told (P8)."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
"""Counts of several places, or several parts of their matters (rows), by category (columns)."""

Block = tuple[int, ...]
"""Columns of categories."""

Partition = list[Block]


def top_of(code: str) -> str:
    """Return the top category of a code of the profile: ``02`` of ``02.01``."""
    return code[:2]


def whole_of(codes: Sequence[str]) -> Block:
    """Return the block of all categories."""
    return tuple(range(len(codes)))


def is_small(sums: npt.NDArray[np.int64], under: int, *, empty: bool = False) -> bool:
    """Say whether one of some counts must not be told; ``empty`` allows 0."""
    return bool(np.any((sums < under) & ((sums > 0) | (not empty))))


def merged(
    codes: Sequence[str], partition: Partition, rows: Rows, under: int, *, empty: bool = False
) -> Partition:
    """Return a coarser partition each of whose blocks reaches the least count in every row.

    Blocks are joined with others of their top category first, then whole top categories with each other.

    Parameters
    ----------
    empty
        Whether a block may also have nothing at all in a row.
    """
    groups: dict[str, list[Block]] = defaultdict(list)
    for block in partition:
        tops = {top_of(codes[column]) for column in block}
        groups[tops.pop() if len(tops) == 1 else ""].append(block)
    units: list[list[Block]] = []
    for blocks in groups.values():
        joined = _joined([[block] for block in blocks], rows, under, empty)
        units.append(joined or [_union(blocks)])
    return _joined(units, rows, under, empty) or [whole_of(codes)]


def common(partitions: Sequence[Partition]) -> Partition:
    """Return the finest partition that is coarser than each of some."""
    found: list[set[int]] = []
    for block in (set(block) for partition in partitions for block in partition):
        touched = [other for other in found if other & block]
        found = [other for other in found if not other & block] + [block.union(*touched)]
    return sorted(tuple(sorted(block)) for block in found)


def _joined(units: list[list[Block]], rows: Rows, under: int, empty: bool) -> Partition:
    """Return the blocks of the units, the small and the next smallest as one; [] where none is left.

    A unit is small when one of its blocks is, in any row.
    """

    def small(block: Block) -> bool:
        return is_small(rows[:, list(block)].sum(axis=1), under, empty=empty)

    rest = [unit for unit in units if any(small(block) for block in unit)]
    if not rest:
        return [block for unit in units for block in unit]
    large = sorted((unit for unit in units if unit not in rest), key=lambda unit: _size(unit, rows))
    while large and (len(rest) < 2 or small(_union_of(rest))):
        rest.append(large.pop(0))
    if len(rest) < 2 or small(_union_of(rest)):
        return []
    return [*(block for unit in large for block in unit), _union_of(rest)]


def _size(unit: list[Block], rows: Rows) -> tuple[int, Block]:
    block = _union(unit)
    return int(rows[:, list(block)].sum()), block


def _union(blocks: list[Block]) -> Block:
    return tuple(sorted(column for block in blocks for column in block))


def _union_of(units: list[list[Block]]) -> Block:
    return _union([block for unit in units for block in unit])
