"""The members' register for programs of a secretary: the list, one entry, invitations, the reserve pool."""

import uuid
from datetime import datetime
from typing import Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, Router, Schema, Status

from shige.redline.reach import is_open, organisations_of
from shige.territory.models import Area
from shige.trust.asked_fields import cleaned, key_in, values_in
from shige.trust.page_access import STAFF_AUTH, admitted
from shige.trust.veil import veiled

from . import commands, contacts, queries
from . import reserve as reserve_pool
from .forms import DeclineForm, InviteForm, RegisterForm, new_form
from .pages import found_here
from .sealing import Contact

router = Router(tags=["members"], auth=STAFF_AUTH)


class EntryOut(Schema):
    """One entry without its name; `called` is the family name alone."""

    key: uuid.UUID
    called: str
    organisation: str
    grid: str
    party: bool
    reports_home: bool
    ready: bool
    offers: list[str]
    monthly: int
    hours: float
    since: datetime
    state: str
    vouched: bool = Field(description="somebody vouches for it already; another one confirms")


class GridCountOut(Schema):
    """How many serve in a grid; `code` narrows the list to them."""

    code: str
    name: str
    count: int


class RegisterOut(Schema):
    """A page of the list, and the counts of the caller's whole register."""

    rows: list[EntryOut]
    total: int
    page: int
    pages: int
    waiting: int
    confirmed: int
    ready: int
    hours: float
    grids: list[GridCountOut]


class OrganisationOut(Schema):
    """An open organisation of the caller."""

    id: str
    name: str


class ContactOut(Schema):
    """What is opened of an entry."""

    name: str
    phone: str
    words: str


class ExportedOut(EntryOut, ContactOut):
    """An entry with its contact."""


class ProposalOut(EntryOut):
    """Somebody ready to serve, and how near to the grid they serve now."""

    nearness: Literal["grid", "community", "street"]


class InviteIn(Schema, extra="forbid"):
    """For which organisation, how many, by `each` one link or one `shared` by all."""

    organisation: str
    places: int
    links: Literal["each", "shared"] = "each"
    form: str | None = Field(None, description="sent once more, the same leads to the same links")


class LinksOut(Schema):
    """The links, which are not kept."""

    links: list[str]


class InvitationOut(Schema):
    """Links made at once that somebody may still use, by `places` more people, until `until`."""

    organisation: str
    name: str
    links: int
    places: int
    until: datetime


class EndIn(Schema, extra="forbid"):
    """Which invitations are taken back: `organisation` and `until` as the list has them."""

    organisation: str
    until: datetime


class DeclineIn(Schema, extra="forbid"):
    """Why; whoever declared reads it."""

    reason: str


@router.get("", response=RegisterOut, url_name="members")
def register(
    request: HttpRequest,
    waiting: bool = False,
    q: str = "",
    organisation: str = "",
    grid: str = "",
    offer: str = "",
    ready: bool = False,
    party: bool = False,
    page: int = 1,
) -> dict[str, object]:
    """List the register of the caller's organisations, or the declarations that wait, without names."""
    viewer = admitted(request, "member.see")
    sent = {"q": q, "organisation": organisation, "grid": grid, "offer": offer, "page": page}
    sent |= {"waiting": waiting or "", "ready": ready or "", "party": party or ""}
    form = RegisterForm(organisations_of(viewer, "member.see"), sent)
    cleaned(form, sent)
    found = queries.register(viewer, form.chosen())
    contacts.note_found(viewer, found.named)
    return {
        name: [_told(row) for row in found.rows] if name == "rows" else getattr(found, name)
        for name in RegisterOut.model_fields
    }


@router.get("/organisations", response=list[OrganisationOut], url_name="member_organisations")
def organisations(request: HttpRequest) -> list[dict[str, str]]:
    """Return the organisations for which the caller may invite."""
    found = organisations_of(admitted(request, "member.invite"), "member.invite")
    rows = [(number, row) for number, row in found.items() if is_open(row)]
    return [{"id": veiled("key", str(number)), "name": row.name} for number, row in rows]


@router.post("/invitations", response={201: LinksOut}, url_name="member_invite")
def invite(request: HttpRequest, given: InviteIn) -> Status[dict[str, object]]:
    """Make links by which members declare; each ends after 14 days."""
    viewer = admitted(request, "member.invite")
    sent = {"form": new_form()} | values_in(given)
    values = cleaned(InviteForm(organisations_of(viewer, "member.invite"), sent), sent)
    shared = values["links"] == "shared"
    codes = commands.invite(viewer, values["organisation"], values["places"], values["form"], shared=shared)
    links = [request.build_absolute_uri(reverse("members:join", args=[code])) for code in codes]
    return Status(201, {"links": links})


@router.get("/invitations", response=list[InvitationOut], url_name="member_invitations")
def invitations(request: HttpRequest) -> list[dict[str, object]]:
    """Return the invitations of the caller's organisations that somebody may still use."""
    return [
        {
            "organisation": veiled("key", str(one.organisation)),
            "name": one.name,
            "links": one.links,
            "places": one.places,
            "until": one.ends_at,
        }
        for one in queries.invitations(admitted(request, "member.invite"))
    ]


@router.post("/invitations/end", response={204: None}, url_name="member_invitations_end")
def end_invitations(request: HttpRequest, given: EndIn) -> Status[None]:
    """Let links lead nowhere."""
    viewer = admitted(request, "member.invite")
    commands.end_invitations(viewer, key_in("organisation", given.organisation), given.until)
    return Status(204, None)


@router.get("/reserve", response=list[ProposalOut], url_name="member_reserve")
def reserve(request: HttpRequest, area: str) -> list[dict[str, object]]:
    """Return who is ready to serve as a grid worker, the nearest to an area (its code) first."""
    viewer = admitted(request, "member.see")
    found = reserve_pool.proposed_for(viewer, get_object_or_404(Area, code=area))
    return [_told(one.row) | {"nearness": one.nearness} for one in found]


@router.post("/export", response=list[ExportedOut], url_name="member_export")
def export(request: HttpRequest) -> list[dict[str, object]]:
    """Hand the register out with names; each member in it sees that and who did it (P7)."""
    viewer = admitted(request, "member.open")
    found = queries.all_of(viewer, queries.RegisterFilter())
    contacts.note_export_of(viewer, [row.key for row, _contact in found])
    return [_told(row) | _contact(contact) for row, contact in found]


@router.get("/{uuid:key}", response=EntryOut, url_name="member")
def one(request: HttpRequest, key: uuid.UUID) -> dict[str, object]:
    """Return one entry without its name."""
    found = queries.entry(admitted(request, "member.see"), key)
    if found is None:
        raise Http404
    return _told(found[0])


@router.post("/{uuid:key}/open", response=ContactOut, url_name="member_open")
def open_contact(request: HttpRequest, key: uuid.UUID) -> dict[str, object]:
    """Open name and telephone of an entry; whoever it is about sees who did and when (P7)."""
    viewer = admitted(request, "member.open")
    return _contact(found_here(lambda: contacts.open_contact(viewer, key)))


@router.post("/{uuid:key}/confirm", response=EntryOut, url_name="member_confirm")
def confirm(request: HttpRequest, key: uuid.UUID) -> dict[str, object]:
    """Take a declaration into the register, as the second who vouches for it; `open` comes first."""
    viewer = admitted(request, "member.invite")
    found_here(lambda: commands.confirm(viewer, key))
    return one(request, key)


@router.post("/{uuid:key}/decline", response={204: None}, url_name="member_decline")
def decline(request: HttpRequest, key: uuid.UUID, given: DeclineIn) -> Status[None]:
    """Decline a declaration, or take an entry out of the register; what is personal goes at once."""
    viewer = admitted(request, "member.invite")
    sent = values_in(given)
    values = cleaned(DeclineForm(sent), sent)
    found_here(lambda: commands.decline(viewer, key, values["reason"]))
    return Status(204, None)


def _told(row: queries.RegisterRow) -> dict[str, object]:
    told = {name: getattr(row, name) for name in EntryOut.model_fields}
    return told | {"vouched": row.vouched is not None}


def _contact(contact: Contact) -> dict[str, object]:
    return {name: getattr(contact, name) for name in ContactOut.model_fields}
