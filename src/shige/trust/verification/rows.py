"""Compare the rows of who looked at what with what the journal holds of them."""

from collections import Counter
from collections.abc import Iterator

from ..vouched_rows import FACT, KEPT, told_of
from .chain import Walk, later_entries
from .fault import Fault, Kind

Row = tuple[str, int, str]
"""Table and key of a row, and what an entry tells of it."""


def compare(found: Walk) -> tuple[int, Fault | None]:
    """Return how many rows there are, and the first of which row and entry do not fit.

    The program may run meanwhile: rows are read after the entries of the walk and before those that came
    since, so that each row that is read has its entry in one of the two.
    """
    owed = Counter({told: len(places) for told, places in found.vouched.items()})
    count, strange = 0, []
    for row in _rows():
        count += 1
        if not _take(owed, row[2]):
            strange.append(row)
    later = _later(found)
    strange = [row for row in strange if not _take(later, row[2])]
    lost = min(
        (found.vouched[told][-1] for told, times in owed.items() if times and not found.is_over(told)),
        default=None,
    )
    if lost is not None:
        kind = Kind.READING_CHANGED if strange else Kind.READING_LOST
        return count, Fault(kind, lost, f"a reading that entry {lost} tells of was removed or changed")
    return count, _forged(strange) or _lost_of_later(later)


def _rows() -> Iterator[Row]:
    for model in KEPT:
        table = model._meta.db_table
        for row in model._default_manager.order_by("pk").iterator(2000):
            yield table, row.pk, told_of(row)


def _later(found: Walk) -> Counter[str]:
    entries = later_entries(found.head).filter(facts__has_key=FACT)
    return Counter(entries.values_list(f"facts__{FACT}", flat=True))


def _take(counter: Counter[str], told: str) -> bool:
    if not counter[told]:
        return False
    counter[told] -= 1
    return True


def _forged(strange: list[Row]) -> Fault | None:
    if not strange:
        return None
    table, pk, _ = strange[0]
    return Fault(Kind.READING_FORGED, None, f"the journal does not know the reading {pk} in {table}")


def _lost_of_later(later: Counter[str]) -> Fault | None:
    """Find a reading that an entry of just now tells of; it may have come after the rows were read."""
    if any(later.values()):
        held = {told for _, _, told in _rows()}
        if any(times and told not in held for told, times in later.items()):
            return Fault(Kind.READING_LOST, None, "a reading that an entry without position tells of is gone")
    return None
