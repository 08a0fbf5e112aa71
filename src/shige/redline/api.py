"""The one red line for programs of the staff: the line of a street, organisations, overseers (R9)."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.asked_fields import AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer, require
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from . import commands
from .forms import MoveForm, OverseerForm, organisation_form
from .line import GridLine, Tied
from .models import Organisation
from .queries import line_of_street, open_organisation, possible_overseers, possible_parents, streets

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
    grid: str = Field(description="code of the grid to which it is tied")
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
    stranded: list[str] = Field(description="tied to a grid that is in force no longer")


class OrganisationOut(Schema):
    """One organisation with what its overseer and the one above it may be."""

    id: str
    name: str
    kind: str
    grid: str
    parent: str | None
    overseer: str | None = Field(description="id of the post")
    fields: list[AskedField]


class OrganisationIn(Schema, extra="forbid"):
    """A new organisation; `GET …/organisations/new` names what may be chosen."""

    name: str
    kind: str
    parent: str | None = None
    overseer: str | None = None


class OverseerIn(Schema, extra="forbid"):
    """The post that oversees, or null for none yet."""

    overseer: str | None


class AboveIn(Schema, extra="forbid"):
    """The organisation above, or null for none."""

    parent: str | None


@router.get("/streets", response=list[StreetOut], url_name="redline_streets")
def of_streets(request: HttpRequest) -> list[Area]:
    """Return the streets of whose line the caller sees some part."""
    return streets(admitted(request, "redline.see"))


@router.get("/streets/{code}", response=LineOut, url_name="redline_line")
def line(request: HttpRequest, code: str) -> dict[str, object]:
    """Return the line of a street, its coverage and its gaps."""
    viewer = admitted(request, "redline.see")
    street = next((one for one in streets(viewer) if one.code == code), None)
    if street is None:
        raise Http404
    found = line_of_street(viewer, street.pk)
    return {
        "street": street,
        "grids": [_grid(grid) for grid in found.grids],
        "coverage": found.coverage,
        "gaps": [grid.code for grid in found.gaps],
        **{
            name: [_key(body.id) for body in getattr(found, name)]
            for name in ("without_overseer", "vacant", "stranded")
        },
    }


@router.get("/grids/{code}/organisations/new", response=list[AskedField], url_name="redline_asked")
def asked(request: HttpRequest, code: str) -> list[AskedField]:
    """Return what an organisation for a grid asks for."""
    viewer = admitted(request, "redline.edit")
    return asked_by(organisation_form(viewer, _grid_to_edit(viewer, code)))


@router.post("/grids/{code}/organisations", response={201: OrganisationOut}, url_name="redline_add")
def add(request: HttpRequest, code: str, given: OrganisationIn) -> Status[dict[str, object]]:
    """Tie a new organisation to a grid."""
    viewer = admitted(request, "redline.edit")
    area = _grid_to_edit(viewer, code)
    sent = values_in(given)
    made = commands.add_organisation(
        viewer, area=area.pk, **cleaned(organisation_form(viewer, area, sent), sent)
    )
    return Status(201, _told(viewer, made.pk))


@router.get("/organisations/{veiled:pk}", response=OrganisationOut, url_name="redline_organisation")
def organisation(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return an organisation that the caller may change."""
    return _told(admitted(request, "redline.edit"), pk)


@router.post("/organisations/{veiled:pk}/overseer", response=OrganisationOut, url_name="redline_overseer")
def set_overseer(request: HttpRequest, pk: int, given: OverseerIn) -> dict[str, object]:
    """Name the post that oversees, or leave it open."""
    viewer = admitted(request, "redline.edit")
    form = OverseerForm(values_in(given), overseers=possible_overseers(viewer, _found(viewer, pk).area))
    commands.set_overseer(viewer, pk, cleaned(form, form.data)["overseer"])
    return _told(viewer, pk)


@router.post("/organisations/{veiled:pk}/move", response=OrganisationOut, url_name="redline_move")
def move(request: HttpRequest, pk: int, given: AboveIn) -> dict[str, object]:
    """Put an organisation below another one, or below none."""
    viewer = admitted(request, "redline.edit")
    area = _found(viewer, pk).area
    form = MoveForm(values_in(given), parents=possible_parents(viewer, area))
    commands.move_organisation(viewer, pk, area.pk, cleaned(form, form.data)["parent"])
    return _told(viewer, pk)


@router.post("/organisations/{veiled:pk}/close", response={204: None}, url_name="redline_close")
def close(request: HttpRequest, pk: int) -> Status[None]:
    """Close an organisation; those below it come under the one above it."""
    viewer = admitted(request, "redline.edit")
    _found(viewer, pk)
    commands.close_organisation(viewer, pk)
    return Status(204, None)


def _grid_to_edit(viewer: Viewer, code: str) -> Area:
    area = get_object_or_404(Area, code=code)
    require(viewer, "redline.edit", lineage_of(area))
    return area


def _found(viewer: Viewer, pk: int) -> Organisation:
    found = open_organisation(viewer, pk)
    if found is None:
        raise Http404
    return found


def _key(pk: int | None) -> str | None:
    return None if pk is None else veiled("key", str(pk))


def _told(viewer: Viewer, pk: int) -> dict[str, object]:
    found = _found(viewer, pk)
    overseer = OverseerForm(overseers=possible_overseers(viewer, found.area))
    move = MoveForm(parents=possible_parents(viewer, found.area))
    return {
        "id": _key(found.pk),
        "name": found.name,
        "kind": found.kind,
        "grid": found.area.code,
        "parent": _key(found.parent_id),
        "overseer": _key(found.overseer_id),
        "fields": [*asked_by(overseer), *asked_by(move)],
    }


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
