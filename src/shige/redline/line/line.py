"""One red line (一根红线) of a street as it is read: grids, who oversees each, and what is missing (R9)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overseer:
    """The post that answers for oversight (监督责任人); ``holder`` is empty where nobody holds it."""

    post: int
    name: str
    holder: str


@dataclass(frozen=True, slots=True)
class Tied:
    """An organisation as it stands; ``parent`` is the id of the one above, where it has one.

    ``grid`` is the code of its grid, or of the division of its seat where it is not ``tied``. ``editable``:
    the viewer may change it.
    """

    id: int
    name: str
    kind: str
    grid: str
    parent: int | None
    overseer: Overseer | None
    tied: bool
    editable: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """A grid with the organisations of its level and the grids below it.

    ``stand_in`` is the organisation above that oversees it by the pair's ``otherwise``: members in
    exclusive places oversee an exclusive grid, else the community organisation does. ``editable``: the
    viewer may found an organisation here. ``planned``: something of its organisations changes later.
    """

    area: int
    code: str
    name: str
    level: str
    organisations: tuple[Tied, ...]
    stand_in: Tied | None
    expected: bool
    editable: bool
    planned: bool
    grids: tuple["GridLine", ...]

    @property
    def covered(self) -> bool:
        """Say whether some organisation oversees this grid."""
        return bool(self.organisations) or self.stand_in is not None

    @property
    def gap(self) -> bool:
        """Say whether the profile wants an organisation here and none oversees it (未覆盖网格)."""
        return self.expected and not self.covered


@dataclass(frozen=True, slots=True)
class CommunityCoverage:
    """Grids of one level in a community, and how many of them have no organisation of their own."""

    name: str
    street: str
    grids: int
    without: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many grids of a level are overseen: "37 of 52", of them ``stood_in`` from the level above."""

    level: str
    covered: int
    total: int
    stood_in: int


@dataclass(frozen=True, slots=True)
class Line:
    """The whole line of a street on a day, as far as the viewer may see it.

    ``stranded`` are organisations tied to a grid that is not in force then, ``without_grid`` those that are
    tied to none.
    """

    street: int
    name: str
    grids: tuple[GridLine, ...]
    coverage: tuple[Coverage, ...]
    gaps: tuple[GridLine, ...]
    without_overseer: tuple[Tied, ...]
    vacant: tuple[Tied, ...]
    stranded: tuple[Tied, ...]
    without_grid: tuple[Tied, ...]
