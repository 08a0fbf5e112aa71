"""What is counted of matters, and how: the definitions of R28 in one place.

They follow the practice of city hotlines (接诉即办; GB/T 33358-2016): a matter is judged in the period
in which it was reported; not to have answered when the answer was due counts as much as a late answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final

from django.db.models import Count, F, Q

from shige.trust.suppression import hidden

SATISFIED_FROM: Final = 4
"""Ratings of 4 and 5 of 5 are satisfied (满意、基本满意)."""

WAITING: Final = Q(state="waiting")
"""While a matter waits for its reporter its clock stands still: nothing falls due."""


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``of`` matters; both are None where they are too few to be told (P8)."""

    part: int | None
    of: int | None

    @property
    def hidden(self) -> bool:
        """Say whether the count is suppressed."""
        return self.of is None

    @property
    def rate(self) -> float | None:
        """The share from 0 to 1; None where it is suppressed or there is nothing to judge."""
        return self.part / self.of if self.part is not None and self.of else None


TOO_FEW: Final = Share(None, None)


@dataclass(frozen=True, slots=True)
class Measures:
    """The counts of one cell.

    Attributes
    ----------
    open
        Not closed yet, of the matters received.
    late
        Past the date of resolution and not solved, of the open ones.
    response
        Response rate (响应率): answered by ``respond_by``, of those answered at all or due.
    resolution
        Resolution rate (解决率): solved by ``resolve_by``, of those solved at all or due. A matter that
        was reopened counts as unsolved until it is solved again.
    satisfaction
        Satisfaction rate (满意率): rated 4 or 5, of those rated by their reporter. Unrated matters and
        those closed as unconfirmed count in neither number.
    unconfirmable
        Ended without anybody who could confirm it, because whoever wrote it down left no telephone, of those
        closed. Such matters count in the rates above like any others.
    """

    open: Share
    late: Share
    response: Share
    resolution: Share
    satisfaction: Share
    unconfirmable: Share


NAMES: Final = tuple(field.name for field in fields(Measures))
RATED: Final = ("response", "resolution", "satisfaction")
"""The rates by which areas are compared."""

UNTOLD: Final = Measures(*(TOO_FEW for _ in NAMES))
NOTHING: Final = Measures(*(Share(0, 0) for _ in NAMES))


def aggregates(as_of: datetime) -> dict[str, Count]:
    """Return the database's counts for a cell: ``<measure>_part`` and ``<measure>_of``.

    Parameters
    ----------
    as_of
        The moment until which the figures are complete: what falls due later is not due yet.
    """
    still_open = Q(closed_at=None)
    answered, solved = Q(responded_at__isnull=False), Q(solved_at__isnull=False)
    rated = Q(rating__isnull=False) & ~Q(state="unconfirmed")
    counted = {
        "open_of": Q(),
        "open_part": still_open,
        "late_of": still_open,
        "late_part": still_open & Q(solved_at=None, resolve_by__lt=as_of) & ~WAITING,
        "response_of": answered | (Q(respond_by__lt=as_of) & ~WAITING),
        "response_part": Q(responded_at__lte=F("respond_by")),
        "resolution_of": solved | (Q(resolve_by__lt=as_of) & ~WAITING),
        "resolution_part": Q(solved_at__lte=F("resolve_by")),
        "unconfirmable_of": ~still_open,
        "unconfirmable_part": Q(state="unattested"),
        "satisfaction_of": rated,
        "satisfaction_part": rated & Q(rating__gte=SATISFIED_FROM),
    }
    return {name: Count("matter", filter=condition) for name, condition in counted.items()}


def measures_of(counts: dict[str, int]) -> Measures:
    """Return a cell from the database's counts."""
    return Measures(*(Share(counts[f"{name}_part"], counts[f"{name}_of"]) for name in NAMES))


def sum_of(cells: Sequence[Measures]) -> Measures:
    """Return the counts of disjoint cells together."""
    return Measures(
        *(
            Share(
                sum(getattr(cell, name).part for cell in cells), sum(getattr(cell, name).of for cell in cells)
            )
            for name in NAMES
        )
    )


def suppressed(cells: Sequence[Measures], under: int) -> list[Measures]:
    """Return the cells of a breakdown without small counts and what would give them away (P8).

    A share is told where its own base is large enough, and only of a cell whose count of matters is told:
    a third of those who rated says that there were three of them, six or nine.
    """
    shown = list(cells)
    for name in NAMES:
        for index in hidden([getattr(cell, name).of for cell in cells], under):
            shown[index] = replace(shown[index], **{name: TOO_FEW})
    return [UNTOLD if cell.open.hidden else cell for cell in shown]
