"""Hide small counts, and what would let them be worked out again from the total (P8)."""

from collections.abc import Sequence


def hidden(counts: Sequence[int], under: int) -> frozenset[int]:
    """Return the indexes of the counts of a breakdown that must not be shown.

    Parameters
    ----------
    counts
        The counts of disjoint cells whose total is shown beside them.
    under
        Counts from 1 to ``under`` - 1 are small. Nothing is hidden of an empty cell: 0 is shown.

    Returns
    -------
    frozenset of int
        The small cells and, as long as the total minus everything shown would leave one cell alone or
        itself be a small count, the next smallest cells too (complementary suppression; Hundepool et
        al., *Statistical Disclosure Control*, 2012, ch. 4). Cells of one size are taken in their order.
    """
    ascending = sorted((count, index) for index, count in enumerate(counts) if count > 0)
    small = [index for count, index in ascending if count < under]
    if not small:
        return frozenset()
    taken = len(small)
    while taken < len(ascending) and (taken < 2 or sum(count for count, _ in ascending[:taken]) < under):
        taken += 1
    return frozenset(index for _, index in ascending[:taken])
