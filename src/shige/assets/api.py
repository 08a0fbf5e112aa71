"""The register of things and devices for programs of the staff: lists, changes, inspections (R41)."""

from datetime import date, datetime
from typing import TypeVar

from django import forms
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
from shige.trust.asked_fields import NOT_OFFERED, AskedField, asked_by, cleaned, values_in
from shige.trust.gate import Viewer
from shige.trust.page_access import STAFF_AUTH, admitted

from .devices import commands as devices
from .devices.queries import DeviceDetail, DeviceRow, device_detail, device_list
from .inspections.commands import inspect_thing
from .inspections.queries import inspections_of
from .things.forms import DeviceForm, EventRuleForm, InspectionForm, ThingForm, ThingsImportForm
from .things.import_pages import imported

router = Router(auth=STAFF_AUTH)

FormT = TypeVar("FormT", bound=forms.Form)


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


class DeviceOut(Schema):
    """One device; `silent`: for how many hours too long nothing came, else 0."""

    uid: str
    name: str
    place: str
    thing: str | None
    registered_at: datetime
    revoked_at: datetime | None
    heard_at: datetime | None
    silent: int


class RuleOut(Schema):
    """What events of a type become, from a severity on."""

    type: str
    name: str
    category: str
    least: int


class DeviceEventOut(Schema):
    """An event that came; `matter` is told to whoever sees it."""

    received_at: datetime
    type: str
    severity: int
    cleared: bool
    value: float | None
    unit: str
    text: str
    outcome: str
    matter: str | None


class DeviceDetailOut(DeviceOut):
    """One device, what its events become, and the last of them."""

    rules: list[RuleOut]
    events: list[DeviceEventOut]


class RegisteredOut(DeviceDetailOut):
    """A new device; its secret is in this one answer and nowhere else."""

    secret: str


class DeviceIn(Schema, extra="forbid"):
    """A new device: at a thing of the register, or at a place."""

    name: str
    silent_hours: int
    thing: str | None = None
    lon: float | None = None
    lat: float | None = None


class RuleIn(Schema, extra="forbid"):
    """What events of a type become."""

    type: str
    name: str
    category: str
    least: int


@router.get("/things", response=ThingsOut, url_name="things", tags=["things"])
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


@router.get("/things/new", response=list[AskedField], url_name="thing_asked", tags=["things"])
def thing_asked(request: HttpRequest) -> list[AskedField]:
    """Return what the register asks of a thing."""
    return _outside(asked_by(ThingForm(admitted(request, "thing.edit"))))


@router.post("/things", response={201: ThingDetailOut}, url_name="thing_new", tags=["things"])
def add_thing(request: HttpRequest, given: ThingIn) -> Status[dict[str, object]]:
    """Put a thing on the register."""
    viewer = admitted(request, "thing.edit")
    made = register.add_thing(viewer, _filled(ThingForm(viewer, values_in(given))).given())
    return Status(201, _thing_told(viewer, made.code))


@router.post("/things/import", response={201: ImportedOut}, url_name="things_import", tags=["things"])
def import_things(
    request: HttpRequest, table: File[UploadedFile], datum: Form[str]
) -> Status[dict[str, object]]:
    """Put a table of things on the register: every row, or none and every fault."""
    viewer = admitted(request, "thing.edit")
    form = ThingsImportForm({"datum": datum}, MultiValueDict({"table": [table]}))
    try:
        count, notes = imported(viewer, _filled(form))
    except UnreadableFile as error:
        raise ValidationError({"table": str(error.fault)}) from error
    return Status(201, {"count": count, "notes": notes})


@router.get("/things/{code}", response=ThingDetailOut, url_name="thing", tags=["things"])
def thing(request: HttpRequest, code: str) -> dict[str, object]:
    """Return one thing with what was found at it."""
    return _thing_told(admitted(request, "thing.see"), code)


@router.post("/things/{code}/change", response=ThingDetailOut, url_name="thing_change", tags=["things"])
def change_thing(request: HttpRequest, code: str, given: ThingIn) -> dict[str, object]:
    """Change what the register says of a thing; what is left out is emptied."""
    viewer = admitted(request, "thing.edit")
    form = ThingForm(viewer, values_in(given), _thing(viewer, code))
    register.change_thing(viewer, code, _filled(form).given())
    return _thing_told(viewer, code)


@router.post("/things/{code}/retire", response=ThingDetailOut, url_name="thing_retire", tags=["things"])
def retire_thing(request: HttpRequest, code: str) -> dict[str, object]:
    """Take a thing that is gone off the lists."""
    viewer = admitted(request, "thing.edit")
    _thing(viewer, code)
    register.retire_thing(viewer, code)
    return _thing_told(viewer, code)


@router.post(
    "/things/{code}/inspections", response={201: ThingDetailOut}, url_name="thing_inspect", tags=["things"]
)
def inspect(request: HttpRequest, code: str, given: InspectionIn) -> Status[dict[str, object]]:
    """Write an inspection down; a defect becomes a matter at once."""
    viewer = admitted(request, "thing.inspect")
    _thing(viewer, code)
    form = _filled(InspectionForm(given.model_dump(exclude={"files"}, exclude_none=True)))
    inspect_thing(viewer, code, form.given(sent_files(request, given.files, "files")))
    drop_sent(request, given.files)
    return Status(201, _thing_told(viewer, code))


@router.get("/devices", response=list[DeviceOut], url_name="devices", tags=["devices"])
def all_devices(request: HttpRequest) -> list[dict[str, object]]:
    """List the devices of the caller's areas, and which of them are silent."""
    return [_device_line(row) for row in device_list(admitted(request, "device.manage"))]


@router.post("/devices", response={201: RegisteredOut}, url_name="device_new", tags=["devices"])
def register_device(request: HttpRequest, given: DeviceIn) -> Status[dict[str, object]]:
    """Register a device; its secret is told this once."""
    viewer = admitted(request, "device.manage")
    made, secret = devices.register_device(viewer, _filled(DeviceForm(values_in(given))).given())
    return Status(201, {**_device_told(viewer, made.uid), "secret": secret})


@router.get("/devices/{uid}", response=DeviceDetailOut, url_name="device", tags=["devices"])
def device(request: HttpRequest, uid: str) -> dict[str, object]:
    """Return one device, what its events become, and the last of them."""
    return _device_told(admitted(request, "device.manage"), uid)


@router.get("/devices/{uid}/rules/new", response=list[AskedField], url_name="rule_asked", tags=["devices"])
def rule_asked(request: HttpRequest, uid: str) -> list[AskedField]:
    """Return what is asked of a type of event."""
    _device(admitted(request, "device.manage"), uid)
    return asked_by(EventRuleForm())


@router.post("/devices/{uid}/rules", response=DeviceDetailOut, url_name="device_map", tags=["devices"])
def map_events(request: HttpRequest, uid: str, given: RuleIn) -> dict[str, object]:
    """Say what events of a type become; what was said of the type before is replaced."""
    viewer = admitted(request, "device.manage")
    _device(viewer, uid)
    devices.map_events(viewer, uid, _filled(EventRuleForm(values_in(given))).given())
    return _device_told(viewer, uid)


@router.delete(
    "/devices/{uid}/rules/{type}", response=DeviceDetailOut, url_name="device_unmap", tags=["devices"]
)
def unmap_events(request: HttpRequest, uid: str, type: str) -> dict[str, object]:
    """Refuse events of a type from now on."""
    viewer = admitted(request, "device.manage")
    _device(viewer, uid)
    devices.unmap_events(viewer, uid, type)
    return _device_told(viewer, uid)


@router.post("/devices/{uid}/revoke", response=DeviceDetailOut, url_name="device_revoke", tags=["devices"])
def revoke_device(request: HttpRequest, uid: str) -> dict[str, object]:
    """Take a device's right to raise events away; what it sent stays."""
    viewer = admitted(request, "device.manage")
    _device(viewer, uid)
    devices.revoke_device(viewer, uid)
    return _device_told(viewer, uid)


def _filled(form: FormT) -> FormT:
    """Return a bound form whose values fit; ValidationError by field."""
    cleaned(form, form.data)
    return form


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


def _device(viewer: Viewer, uid: str) -> DeviceDetail:
    found = device_detail(viewer, uid)
    if found is None:
        raise Http404
    return found


def _device_line(row: DeviceRow) -> dict[str, object]:
    found = row.device
    same = ("uid", "name", "place", "registered_at", "revoked_at")
    return {
        **{name: getattr(found, name) for name in same},
        "thing": found.thing.code if found.thing else None,
        "heard_at": row.heard_at,
        "silent": row.silent,
    }


def _device_told(viewer: Viewer, uid: str) -> dict[str, object]:
    found = _device(viewer, uid)
    same = ("received_at", "type", "severity", "cleared", "value", "unit", "text", "outcome")
    return {
        **_device_line(found.row),
        "rules": [
            dict(zip(("type", "name", "category", "least"), rule, strict=True)) for rule in found.rules
        ],
        "events": [
            {
                **{name: getattr(event, name) for name in same},
                "matter": event.matter.number if event.matter else None,
            }
            for event in found.events
        ],
    }
