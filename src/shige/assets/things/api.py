"""The register of things for programs of the staff: the list, one thing, inspections, a table (R41)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from shige.files.api import drop_sent, sent_files
from shige.files.fields import MOST
from shige.territory.intake.tables import UnreadableFile
from shige.territory.models import Area, Thing
from shige.territory.things import commands as register
from shige.territory.things.queries import PAGE, ThingFilter, row_of, thing_list, thing_seen
from shige.trust.asked_fields import NOT_OFFERED, AskedField, asked_by, filled, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted

from ..inspections.commands import inspect_thing
from ..inspections.queries import inspections_of
from .forms import InspectionForm, ThingForm, ThingsImportForm
from .import_pages import imported

router = Router(tags=["things"], auth=STAFF_AUTH)


class ThingOut(Schema):
    """One line of the register."""

    code: str
    kind: str
    kind_name: str
    name: str
    place: str
    grid: str
    keeper: str
    lon: float = Field(description="WGS-84 degrees")
    lat: float
    inspected_on: date | None
    due_on: date | None
    retired_on: date | None
    overdue: bool


class ThingsOut(Schema):
    """A page of the register in the order of its codes; `next` goes into `after`."""

    items: list[ThingOut]
    next: str | None


class InspectedOut(Schema):
    """One inspection; words and number of a defect are told to whoever sees its matter."""

    on: date
    person: str
    defect: bool
    words: str
    number: str


class ThingDetailOut(ThingOut):
    """One thing and what was found at it, the latest first."""

    inspections: list[InspectedOut]


class ThingIn(Schema, extra="forbid"):
    """What the register says of a thing; `GET …/new` names kinds and posts."""

    kind: str
    name: str
    lon: float
    lat: float
    keeper: str | None = None
    inspected_on: date | None = None
    place: str | None = None


class InspectionIn(Schema, extra="forbid"):
    """When somebody looked, what is wrong if anything is, and ids of files sent to `/uploads`."""

    on: date
    words: str | None = None
    files: list[str] = Field(default=[], max_length=MOST)


class ImportedOut(Schema):
    """How many things a table has brought, and what is to be known of it."""

    count: int
    notes: list[str]


@router.get("/things", response=ThingsOut, url_name="things")
def things(
    request: HttpRequest,
    kind: str = "",
    grid: str = "",
    due: str = "",
    text: str = "",
    retired: bool = False,
    after: str = "",
) -> dict[str, object]:
    """List the things of the caller's areas; ``grid`` is a code, ``due`` is `overdue` or `soon`."""
    viewer = admitted(request, "thing.see")
    wanted = ThingFilter(kind=kind, grid=_grid(grid), due=due, text=text, retired=retired)
    rows = thing_list(viewer, wanted, after, PAGE + 1)
    shown = rows[:PAGE]
    return {"items": shown, "next": shown[-1].code if len(rows) > PAGE else None}


@router.get("/things/new", response=list[AskedField], url_name="thing_asked")
def thing_asked(request: HttpRequest) -> list[AskedField]:
    """Return what the register asks of a thing."""
    return _outside(asked_by(ThingForm(admitted(request, "thing.edit"))))


@router.post("/things", response={201: ThingDetailOut}, url_name="thing_new")
def add_thing(request: HttpRequest, given: ThingIn) -> Status[dict[str, object]]:
    """Put a thing on the register."""
    viewer = admitted(request, "thing.edit")
    made = register.add_thing(viewer, filled(ThingForm(viewer, values_in(given))).given())
    return Status(201, _thing_told(viewer, made.code))


@router.post("/things/import", response={201: ImportedOut}, url_name="things_import")
def import_things(
    request: HttpRequest, table: File[UploadedFile], datum: Form[str]
) -> Status[dict[str, object]]:
    """Put a table of things on the register: every row, or none and every fault."""
    viewer = admitted(request, "thing.edit")
    form = ThingsImportForm({"datum": datum}, MultiValueDict({"table": [table]}))
    try:
        count, notes = imported(viewer, filled(form))
    except UnreadableFile as error:
        raise ValidationError({"table": str(error.fault)}) from error
    return Status(201, {"count": count, "notes": notes})


@router.get("/things/{code}", response=ThingDetailOut, url_name="thing")
def thing(request: HttpRequest, code: str) -> dict[str, object]:
    """Return one thing with what was found at it."""
    return _thing_told(admitted(request, "thing.see"), code)


@router.post("/things/{code}/change", response=ThingDetailOut, url_name="thing_change")
def change_thing(request: HttpRequest, code: str, given: ThingIn) -> dict[str, object]:
    """Change what the register says of a thing; what is left out is emptied."""
    viewer = admitted(request, "thing.edit")
    form = ThingForm(viewer, values_in(given), _thing(viewer, code))
    register.change_thing(viewer, code, filled(form).given())
    return _thing_told(viewer, code)


@router.post("/things/{code}/retire", response=ThingDetailOut, url_name="thing_retire")
def retire_thing(request: HttpRequest, code: str) -> dict[str, object]:
    """Take a thing that is gone off the lists."""
    viewer = admitted(request, "thing.edit")
    _thing(viewer, code)
    register.retire_thing(viewer, code)
    return _thing_told(viewer, code)


@router.post("/things/{code}/inspections", response={201: ThingDetailOut}, url_name="thing_inspect")
def inspect(request: HttpRequest, code: str, given: InspectionIn) -> Status[dict[str, object]]:
    """Write an inspection down; a defect becomes a matter at once."""
    viewer = admitted(request, "thing.inspect")
    _thing(viewer, code)
    form = filled(InspectionForm(given.model_dump(exclude={"files"}, exclude_none=True)))
    inspect_thing(viewer, code, form.given(sent_files(request, given.files, "files")))
    drop_sent(request, given.files)
    return Status(201, _thing_told(viewer, code))


def _outside(asked: list[AskedField]) -> list[AskedField]:
    """Leave the building out, which the page alone knows by its key: a program gives the place itself."""
    return [field for field in asked if field.name != "building"]


def _grid(code: str) -> int | None:
    if not code:
        return None
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise ValidationError({"grid": NOT_OFFERED})
    return area.pk


def _thing(viewer: Viewer, code: str) -> Thing:
    found = thing_seen(viewer, code)
    if found is None:
        raise Http404
    return found


def _thing_told(viewer: Viewer, code: str) -> dict[str, object]:
    found = _thing(viewer, code)
    row = row_of(found)
    told = {name: getattr(row, name) for name in ThingOut.model_fields}
    return {**told, "inspections": inspections_of(viewer, found)}
