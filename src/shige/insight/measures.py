"""What is counted of matters, and how: the definitions of R28 in one place.

They follow the practice of city hotlines (接诉即办; GB/T 33358-2016): a matter is judged in the period
in which it was reported; not to have answered when the answer was due counts as much as a late answer.
Whether it is solved the reporter says, not the office (R25).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Least

from shige.trust.suppression import hidden

SATISFIED_FROM: Final = 4
"""Ratings of 4 and 5 of 5 are satisfied (满意、基本满意)."""

NOBODY: Final = "unattested"
"""The state of what ended without anybody who could confirm it."""


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
        Past the date of resolution and not solved, of the open ones. While the clock stands nothing falls
        due; what was late when it stopped stays late.
    response
        Response rate (响应率): answered by ``respond_by``, of those answered at all or due.
    resolution
        Resolution rate (解决率): confirmed by the reporter as solved, with a result by ``resolve_by``; of
        those confirmed, those that nobody could confirm, and those not solved by ``resolve_by``. In neither
        number while the reporter is asked, nor when they did not answer. A matter that was reopened counts
        as unsolved until it is confirmed.
    satisfaction
        Satisfaction rate (满意率): rated 4 or 5, of those rated by their reporter. Unrated matters and
        those closed as unconfirmed count in neither number.
    unconfirmable
        Ended without anybody who could confirm it, of those closed: whoever wrote it down left no telephone,
        or handled it. They count in the response rate like any others,
        and in the resolution rate as not confirmed: nobody gains by leaving telephones out.
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


def conditions(as_of: datetime) -> dict[str, Q]:
    """Return what is counted in a cell, as filters: ``<measure>_part`` and ``<measure>_of``.

    Parameters
    ----------
    as_of
        The moment until which the figures are complete: what falls due later is not due yet.
    """
    still_open = Q(closed_at=None)
    late = still_open & Q(solved_at=None) & _due("resolve_by", as_of)
    answered = Q(responded_at__isnull=False)
    confirmed, nobody, unsettled = (Q(state=state) for state in ("closed", NOBODY, "unsettled"))
    tardy = Q(solved_at__gt=F("resolve_by"))
    rated = Q(rating__isnull=False) & ~Q(state="unconfirmed")
    return {
        "open_of": Q(),
        "open_part": still_open,
        "late_of": still_open,
        "late_part": late,
        "response_of": answered | _due("respond_by", as_of),
        "response_part": Q(responded_at__lte=F("respond_by")),
        "resolution_of": confirmed | nobody | unsettled | tardy | late,
        "resolution_part": confirmed & Q(solved_at__lte=F("resolve_by")),
        "unconfirmable_of": ~still_open,
        "unconfirmable_part": nobody,
        "satisfaction_of": rated,
        "satisfaction_part": rated & Q(rating__gte=SATISFIED_FROM),
    }


def aggregates(as_of: datetime) -> dict[str, Count]:
    """Return the database's counts for a cell."""
    return {name: Count("matter", filter=condition) for name, condition in conditions(as_of).items()}


def _due(date: str, as_of: datetime) -> Q:
    """Return the filter of what has fallen due: until its clock stopped, where it stands."""
    return Q(**{f"{date}__lt": Least(Value(as_of), F("stopped_at"))})


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


def without_stars(cell: Measures) -> Measures:
    """Return a cell without how content residents were."""
    return replace(cell, satisfaction=TOO_FEW)


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
