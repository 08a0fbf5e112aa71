"""Organisations for programs of the staff: founding, history, and every act of the page (R9)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from shige.territory.intake.tables import UnreadableFile
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.asked_fields import AskedField, asked_by, cleaned, filled, values_in
from shige.trust.commands import note_export
from shige.trust.gate import Viewer, require
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from ..coverage.api import wanted_by
from ..models import Standing
from . import commands
from .acts import acts_for
from .exporting import exported
from .forms import founding_form
from .import_pages import ImportForm, marked_table
from .importing import FaultyTableError, found_all, understood
from .queries import last_standing, life_of
from .table import COLUMNS, OrganisationTable, read_organisations

router = Router(tags=["redline"], auth=STAFF_AUTH)


class ChangeOut(Schema):
    """One change in the organisation's life; the newest comes first."""

    kind: str
    on: date
    before: str
    after: str
    reason: str
    person: str


class ActOut(Schema):
    """What can be done with it, what that will do, and what it asks for."""

    act: str
    label: str
    advice: list[str]
    fields: list[AskedField]


class OrganisationOut(Schema):
    """One organisation as it stands at last, its history and what can be done with it."""

    id: str
    name: str
    kind: str
    grid: str = Field(description="code of its grid; where it is not `tied`, of the division of its seat")
    tied: bool
    parent: str | None
    overseer: str | None = Field(description="id of the post")
    since: date | None = Field(description="the day from which this holds")
    ended: date | None
    history: list[ChangeOut]
    acts: list[ActOut]


class ImportedOut(Schema):
    """How many organisations were founded, were there already, got an overseer; and how the file was read."""

    founded: int
    known: int
    overseers: int
    notes: list[str]


class RowOut(Schema):
    """One organisation of today as a row of a table; `since` is the day of its founding."""

    name: str
    kind: str
    grid: str = Field(description="code of its grid, else of the division of its seat")
    grid_name: str
    above: str
    since: date


class ActIn(Schema, extra="forbid"):
    """What an act asks for: its fields stand in `GET …/organisations/{pk}`, and for a new one in `…/new`."""

    reason: str
    on: date | None = None
    name: str | None = None
    kind: str | None = None
    above: str | None = None
    grid: str | None = None
    overseer: str | None = None
    into: str | None = None
    below: list[str] | None = None


@router.get("/grids/{code}/organisations/new", response=list[AskedField], url_name="redline_asked")
def asked(request: HttpRequest, code: str) -> list[AskedField]:
    """Return what an organisation for a grid, or with its seat in a street or community, asks for."""
    viewer = admitted(request, "redline.edit")
    return asked_by(founding_form(viewer, _area_to_edit(viewer, code)))


@router.post("/grids/{code}/organisations", response={201: OrganisationOut}, url_name="redline_add")
def add(request: HttpRequest, code: str, given: ActIn) -> Status[dict[str, object]]:
    """Found an organisation for a grid, or one with its seat in a street or community."""
    viewer = admitted(request, "redline.edit")
    area = _area_to_edit(viewer, code)
    sent = values_in(given)
    form = founding_form(viewer, area, sent)
    values = cleaned(form, sent)
    made = commands.found(
        viewer, values["name"], values["kind"], area.pk, values["above"], values.get("overseer"),
        form.decision(),
    )  # fmt: skip
    return Status(201, _told(viewer, made.organisation_id))


@router.get("/organisations", response=list[RowOut], url_name="redline_export")
def export(
    request: HttpRequest,
    area: str = "",
    level: str = "",
    state: str = "",
    text: str = "",
    day: date | None = None,
) -> list[dict[str, object]]:
    """Return the organisations of the list as filtered, in the columns of the table that an import reads."""
    viewer = admitted(request, "redline.see")
    rows = exported(viewer, wanted_by(viewer, area, level, state, text, day))
    note_export(viewer, "organisation", len(rows))
    return [dict(zip(COLUMNS.wanted, row, strict=True)) for row in rows]


@router.post("/organisations/import", response={201: ImportedOut}, url_name="redline_import")
def import_organisations(
    request: HttpRequest, table: File[UploadedFile], reason: Form[str]
) -> Status[dict[str, object]]:
    """Found the organisations of a table: every row, or none and every fault."""
    viewer = admitted(request, "redline.edit")
    form = filled(ImportForm({"reason": reason}, MultiValueDict({"table": [table]})))
    found = _read(form.cleaned_data["table"])
    try:
        done = found_all(viewer, found, form.cleaned_data["reason"])
    except FaultyTableError as error:
        raise ValidationError({"table": [str(fault) for fault in error.faults]}) from error
    except IntegrityError as error:
        raise ValidationError({"table": _("The line has changed meanwhile; please try again.")}) from error
    notes = [str(note) for note in found.notes]
    told = {"founded": len(done.places), "known": done.known, "overseers": done.overseers}
    return Status(201, told | {"notes": notes})


@router.post("/organisations/import/marked", url_name="redline_marked")
def marked(request: HttpRequest, table: File[UploadedFile]) -> HttpResponse:
    """Return a table as a workbook with its faulty rows marked; nothing is saved."""
    viewer = admitted(request, "redline.edit")
    form = filled(ImportForm({"reason": "-"}, MultiValueDict({"table": [table]})))
    file = form.cleaned_data["table"]
    found = _read(file)
    file.seek(0)
    return marked_table(file.read(), understood(viewer, found).faults)


@router.get("/organisations/{veiled:pk}", response=OrganisationOut, url_name="redline_organisation")
def organisation(request: HttpRequest, pk: int) -> dict[str, object]:
    """Return an organisation that the caller may change, with its history."""
    return _told(admitted(request, "redline.edit"), pk)


@router.post(
    "/organisations/{veiled:pk}/acts/{act}",
    response={200: OrganisationOut, 204: None},
    url_name="redline_act",
)
def carry_out(request: HttpRequest, pk: int, act: str, given: ActIn) -> Status[dict[str, object] | None]:
    """Carry out one act: rename, retie, oversee, merge, split, close, withdraw or restore, as on the page.

    Nothing is returned where a founding that was still to come is withdrawn.
    """
    viewer = admitted(request, "redline.edit")
    found = _found(viewer, pk)
    chosen = next((one for one in acts_for(viewer, found) if one.code == act), None)
    if chosen is None:
        raise Http404
    sent = values_in(given)
    form = chosen.form(viewer, found, sent)
    chosen.carry_out(viewer, pk, cleaned(form, sent), form.decision())
    stays = last_standing(viewer, pk) is not None
    return Status(200, _told(viewer, pk)) if stays else Status(204, None)


def _read(file: UploadedFile) -> OrganisationTable:
    try:
        return read_organisations(file.name or "", file.read())
    except UnreadableFile as error:
        raise ValidationError({"table": str(error.fault)}) from error


def _area_to_edit(viewer: Viewer, code: str) -> Area:
    area = get_object_or_404(Area, code=code)
    require(viewer, "redline.edit", lineage_of(area))
    return area


def _found(viewer: Viewer, pk: int) -> Standing:
    found = last_standing(viewer, pk)
    if found is None:
        raise Http404
    return found


def _key(pk: int | None) -> str | None:
    return None if pk is None else veiled("key", str(pk))


def _told(viewer: Viewer, pk: int) -> dict[str, object]:
    found = _found(viewer, pk)
    life = life_of(viewer, found)
    return {
        **{name: getattr(found, name) for name in ("name", "kind", "tied")},
        "id": _key(pk),
        "grid": found.area.code,
        "parent": _key(found.parent_id),
        "overseer": _key(found.overseer_id),
        "since": found.valid.lower,
        "ended": life.ended,
        "history": [
            {
                **{name: getattr(row, name) for name in ("kind", "on", "before", "after", "reason")},
                "person": row.person.service_name if row.person else "",
            }
            for row in life.changes
        ],
        "acts": [
            {
                "act": act.code,
                "label": str(act.label),
                "advice": list(act.advice(found)),
                "fields": asked_by(act.form(viewer, found, None)),
            }
            for act in acts_for(viewer, found)
        ],
    }
