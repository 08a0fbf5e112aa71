"""Cases as an overseer reads them: of a category with enough people in a general grid, nobody in it (R10).

All of it was decided in the night (``grids.commands``). A case stands with the smallest area that it may
name, its general or exclusive grid. What is counted are these lines; of the rest an overseer learns that
there is something, never how much: so no count of a wider area less those of its parts tells of a case that
is kept back (P8).
"""

from dataclasses import dataclass
from datetime import date

from shige.matters.categories import group_name
from shige.matters.visibility.areas import inside
from shige.territory.models import Area
from shige.trust.veil import unveiled, veiled

from ...models import ToldCase, ToldGrid, ToldNight


@dataclass(frozen=True, slots=True)
class Case:
    """A matter that is late or was reopened, without its place, its words and whoever reported it.

    ``matter``, ``grid`` and ``community`` are for comparing; what is shown is ``handle``, and ``place``, the
    name of its general or exclusive grid. ``code`` is that of its top category, ``weeks`` are whole ones
    since it was due.
    """

    matter: int
    grid: int
    community: int | None
    place: str
    code: str
    category: str
    late: bool
    reopened: bool
    weeks: int

    @property
    def handle(self) -> str:
        """The name under which an overseer may speak of it: it leads to no page."""
        return veiled("case", str(self.matter))


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is late or reopened in an area: cases that may be told of, and whether there is ``more``.

    ``more`` is None where too few reported something to tell. ``as_of`` is the day of the night on which all
    of it was decided.
    """

    cases: tuple[Case, ...]
    more: bool | None
    as_of: date

    @property
    def late(self) -> int:
        """How many of the cases are late."""
        return sum(case.late for case in self.cases)

    @property
    def reopened(self) -> int:
        """How many of the cases were reopened."""
        return sum(case.reopened for case in self.cases)

    def within(self, area: int) -> "Trouble":
        """Return the cases of a community, or of a general or exclusive grid; of the rest nothing."""
        here = tuple(case for case in self.cases if area in (case.grid, case.community))
        return Trouble(here, more=False, as_of=self.as_of)


def trouble_in(area: Area) -> Trouble | None:
    """Return what is told of a general grid or a wider area; None where no night has decided yet."""
    night = ToldNight.objects.first()
    if night is None:
        return None
    told = ToldCase.objects.filter(inside([area.pk], "grid__"), night=night).select_related("grid")
    more = ToldGrid.objects.filter(inside([area.pk], "area__"), night=night, near=False)
    # Sorted by a name that tells nothing: neither when it came in nor when it was due.
    cases = sorted(map(_case, told), key=lambda case: case.handle)
    return Trouble(tuple(cases), more=more.exists(), as_of=night.day)


def trouble_near(area: Area) -> Trouble | None:
    """Return all that a neighbour is told: whether something is late; None where no night has decided yet."""
    night = ToldNight.objects.first()
    if night is None:
        return None
    told = ToldGrid.objects.filter(night=night, area=area, near=True)
    return Trouble((), more=told.values_list("late", flat=True).first(), as_of=night.day)


def case_of(trouble: Trouble, handle: str) -> Case | None:
    """Return the case that an overseer names, if it is among those that they are told of.

    Raises
    ------
    ValueError
        No case was ever called so.
    """
    wanted = int(unveiled("case", handle))
    return next((case for case in trouble.cases if case.matter == wanted), None)


def _case(told: ToldCase) -> Case:
    return Case(
        matter=told.matter_id,
        grid=told.grid_id,
        community=told.grid.community_id,
        place=told.grid.name,
        code=told.code,
        category=group_name(told.code),
        late=told.late,
        reopened=told.reopened,
        weeks=told.weeks,
    )
