"""Adoptions for programs: wishes on offer, adopt, take back, the list and the year's figure (R12)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from shige.matters.lists.queries.page import typed_cursor
from shige.matters.wishes.queries.wishes import wishes
from shige.redline.reach import organisations_of
from shige.trust.asked_fields import cleaned, values_in
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from . import commands, queries
from .forms import AdoptForm, AdoptionsForm, named, new_key

router = Router(tags=["adoptions"], auth=STAFF_AUTH)


class OfferedOut(Schema):
    """A wish on offer, in its public words."""

    number: str
    category: str
    words: str
    community: str
    since: datetime


class OfferedPageOut(Schema):
    """A page of wishes on offer; `cursor` asks for the next one."""

    rows: list[OfferedOut]
    on_offer: int
    cursor: str


class OrganisationOut(Schema):
    """An open organisation of the caller."""

    id: str
    name: str


class AdoptionOut(Schema):
    """One adoption: the wish in its public words, the organisation, how far it is."""

    id: str
    words: str
    category: str
    community: str
    organisation: str
    claimed_at: datetime
    contact_by: datetime
    contacted_at: datetime | None
    state: str
    ended: bool


class AdoptionPageOut(Schema):
    """A page of adoptions, the newest first."""

    rows: list[AdoptionOut]
    total: int
    page: int
    pages: int


class FigureOut(Schema):
    """What one community (its code) or organisation (its id) adopted and fulfilled."""

    key: str
    name: str
    adopted: int
    fulfilled: int


class FiguresOut(Schema):
    """The year's figure; each wish counts once."""

    year: int
    adopted: int
    fulfilled: int
    communities: list[FigureOut]
    organisations: list[FigureOut]


class AdoptIn(Schema, extra="forbid"):
    """For which organisation, and whom the office calls there."""

    organisation: str
    name: str
    phone: str
    key: str | None = Field(None, description="sent once more, the same adopts once")


class IdOut(Schema):
    """What was made."""

    id: str


@router.get("/wishes", response=OfferedPageOut, url_name="adoption_wishes")
def offered(request: HttpRequest, community: str = "", cursor: str = "") -> dict[str, object]:
    """Return the wishes on offer, of the community with a code where one is given."""
    admitted(request, "adoption.see")
    found = wishes(community, typed_cursor(cursor))
    rows = [{name: getattr(one, name) for name in OfferedOut.model_fields} for one in found.offered]
    return {"rows": rows, "on_offer": found.on_offer, "cursor": found.next_cursor}


@router.get("/organisations", response=list[OrganisationOut], url_name="adoption_organisations")
def organisations(request: HttpRequest) -> list[dict[str, str]]:
    """Return the organisations for which the caller may adopt."""
    found = organisations_of(admitted(request, "adoption.adopt"), "adoption.adopt")
    return [{"id": key, "name": name} for key, name in named(found)]


@router.get("", response=AdoptionPageOut, url_name="adoptions")
def made(
    request: HttpRequest,
    year: int | None = None,
    community: str = "",
    organisation: str = "",
    fulfilled: bool = False,
    page: int = 1,
) -> dict[str, object]:
    """List what organisations adopted, or fulfilled, in a year."""
    viewer = admitted(request, "adoption.see")
    sent = {"year": year or "", "community": community, "organisation": organisation, "page": page}
    sent |= {"fulfilled": fulfilled or ""}
    form = AdoptionsForm(sent)
    cleaned(form, sent)
    found = queries.adoptions(viewer, form.chosen())
    names = AdoptionOut.model_fields.keys() - {"id"}
    rows = [
        {name: getattr(one, name) for name in names} | {"id": veiled("key", str(one.pk))}
        for one in found.rows
    ]
    return {"rows": rows, "total": found.total, "page": found.page, "pages": found.pages}


@router.get("/figures", response=FiguresOut, url_name="adoption_figures")
def year_figures(request: HttpRequest, year: int | None = None) -> dict[str, object]:
    """Return the year's figure, by community and by organisation."""
    viewer = admitted(request, "adoption.see")
    sent = {"year": year or ""}
    form = AdoptionsForm(sent)
    cleaned(form, sent)
    found = queries.figures(viewer, form.chosen().year)
    told = {name: getattr(found, name) for name in FiguresOut.model_fields}
    own = [{**_row(row), "key": veiled("key", row.key)} for row in found.organisations]
    return told | {"communities": [_row(row) for row in found.communities], "organisations": own}


@router.post("/wishes/{number}", response={201: IdOut}, url_name="adopt")
def adopt(request: HttpRequest, number: str, given: AdoptIn) -> Status[dict[str, str]]:
    """Adopt a wish on offer for an organisation of the caller."""
    viewer = admitted(request, "adoption.adopt")
    sent = {"key": new_key()} | values_in(given)
    values = cleaned(AdoptForm(organisations_of(viewer, "adoption.adopt"), sent), sent)
    contact = commands.Contact(values["name"], values["phone"])
    try:
        found = commands.adopt(viewer, values["organisation"], number, contact, values["key"])
    except PermissionDenied as error:
        raise Http404 from error
    return Status(201, {"id": veiled("key", str(found.pk))})


@router.post("/{veiled:pk}/withdraw", response={204: None}, url_name="adoption_withdraw")
def withdraw(request: HttpRequest, pk: int) -> Status[None]:
    """Take an adoption back: the wish is on offer again."""
    viewer = admitted(request, "adoption.adopt")
    try:
        commands.withdraw(viewer, pk)
    except PermissionDenied as error:
        raise Http404 from error
    return Status(204, None)


def _row(row: queries.FigureRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in FigureOut.model_fields}
