"""The one red line for programs of the staff: the line of a street on a day (R9)."""

from datetime import date

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from shige.territory.models import Area
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from .line import GridLine, Tied
from .queries import line_of_street, streets

router = Router(tags=["redline"], auth=STAFF_AUTH)


class StreetOut(Schema):
    """A street of whose line the caller sees some part."""

    code: str
    name: str


class OverseerOut(Schema):
    """The post that answers for oversight; `holder` is empty where nobody holds it."""

    post: str
    name: str
    holder: str


class TiedOut(Schema):
    """An organisation as the line has it; `parent` is the id of the one above."""

    id: str
    name: str
    kind: str
    grid: str = Field(description="code of the grid to which it is tied, else of the division of its seat")
    parent: str | None
    overseer: OverseerOut | None


class GridLineOut(Schema):
    """A grid, who oversees it, and the grids below it; `gap`: an organisation is wanted and there is none."""

    code: str
    name: str
    level: str
    organisations: list[TiedOut]
    stand_in: TiedOut | None
    covered: bool
    gap: bool
    grids: list["GridLineOut"]


class CoverageOut(Schema):
    """How many grids of a level are overseen, `stood_in` of them from the level above."""

    level: str
    covered: int
    total: int
    stood_in: int


class LineOut(Schema):
    """The line of a street; what is missing is named by codes of grids and ids of organisations."""

    street: StreetOut
    grids: list[GridLineOut]
    coverage: list[CoverageOut]
    gaps: list[str]
    without_overseer: list[str]
    vacant: list[str]
    stranded: list[str] = Field(description="tied to a grid that is not in force on that day")
    without_grid: list[TiedOut]


@router.get("/streets", response=list[StreetOut], url_name="redline_streets")
def of_streets(request: HttpRequest) -> list[Area]:
    """Return the streets of whose line the caller sees some part."""
    return streets(admitted(request, "redline.see"))


@router.get("/streets/{code}", response=LineOut, url_name="redline_line")
def line(request: HttpRequest, code: str, day: date | None = None) -> dict[str, object]:
    """Return the line of a street on a day (today), its coverage and its gaps."""
    viewer = admitted(request, "redline.see")
    street = next((one for one in streets(viewer) if one.code == code), None)
    if street is None:
        raise Http404
    found = line_of_street(viewer, street.pk, day)
    return {
        "street": street,
        "grids": [_grid(grid) for grid in found.grids],
        "coverage": found.coverage,
        "gaps": [grid.code for grid in found.gaps],
        "without_grid": [_tied(body) for body in found.without_grid],
        **{
            name: [_key(body.id) for body in getattr(found, name)]
            for name in ("without_overseer", "vacant", "stranded")
        },
    }


def _key(pk: int | None) -> str | None:
    return None if pk is None else veiled("key", str(pk))


def _grid(grid: GridLine) -> dict[str, object]:
    return {
        **{name: getattr(grid, name) for name in ("code", "name", "level", "covered", "gap")},
        "organisations": [_tied(body) for body in grid.organisations],
        "stand_in": None if grid.stand_in is None else _tied(grid.stand_in),
        "grids": [_grid(below) for below in grid.grids],
    }


def _tied(body: Tied) -> dict[str, object]:
    held = body.overseer
    return {
        **{name: getattr(body, name) for name in ("name", "kind", "grid")},
        "id": _key(body.id),
        "parent": _key(body.parent),
        "overseer": held and {"post": _key(held.post), "name": held.name, "holder": held.holder},
    }
