"""Pages of the secretary: the register, one entry, invitations, the reserve pool, the table."""

import uuid
from collections.abc import Callable
from typing import Final, TypeVar

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shige.files.spreadsheets import Cell, excel_file
from shige.redline.reach import organisations_of
from shige.trust.forms import add_errors
from shige.trust.gate import may
from shige.trust.page_access import staff_page, viewer_in
from shige.trust.queries import today
from shige.trust.telephone_field import shown

from . import commands, contacts, queries
from . import reserve as reserve_pool
from .forms import DeclineForm, EndForm, InviteForm, RegisterForm, by_community
from .rules import WAITS
from .sealing import Contact

Done = TypeVar("Done")

SHEET: Final = 200
"""Links that one sheet to print has; more are handed out as a table."""

HEADING: Final = (
    "Full name", "Telephone", "Party organisation", "Grid", "Member of the Party", "Double report",
    "Reserve pool", "Offers", "In a few words", "Hours a month", "Hours given",
)  # fmt: skip


@require_GET
@staff_page("member.see")
def register(request: HttpRequest) -> HttpResponse:
    """List the register of the own organisations and below, or the declarations that wait."""
    viewer = viewer_in(request)
    form = RegisterForm(organisations_of(viewer, "member.see"), request.GET)
    chosen = form.chosen()
    found = queries.register(viewer, chosen)
    contacts.note_found(viewer, found.named)
    shown = {
        "form": form,
        "found": found,
        "chosen": chosen,
        "previous_url": _page(request, found.page - 1, found.pages),
        "next_url": _page(request, found.page + 1, found.pages),
        "may_open": may(viewer, "member.open"),
        "may_invite": may(viewer, "member.invite"),
    }
    return render(request, "members/register.html", shown)


@require_GET
@staff_page("member.invite")
def waiting(request: HttpRequest) -> HttpResponse:
    """List the declarations that wait: for the viewer first, then those that somebody else is to confirm."""
    found = queries.waiting(viewer_in(request))
    return render(
        request, "members/waiting.html", {"found": found, "rows": [(one, None) for one in found.mine]}
    )


@require_POST
@staff_page("member.open")
def open_waiting(request: HttpRequest) -> HttpResponse:
    """Open contacts of what waits for the viewer, each on record, to be confirmed together (P7)."""
    viewer = viewer_in(request)
    found = queries.waiting(viewer)
    seen = contacts.open_contacts(viewer, [one.row.key for one in found.mine])
    rows = [(one, seen.get(one.row.key)) for one in found.mine]
    answer = render(request, "members/waiting.html", {"found": found, "rows": rows, "opened": True})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@staff_page("member.invite")
def confirm_chosen(request: HttpRequest) -> HttpResponse:
    """Confirm the declarations that are ticked; of each that does not fit any more it is said why."""
    viewer, done = viewer_in(request), []
    for sent in request.POST.getlist("keys")[: queries.PAGE]:
        try:
            done.append(commands.confirm(viewer, uuid.UUID(sent)))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except (PermissionDenied, ValueError) as error:
            raise Http404 from error
    _say(request, done)
    return redirect("members:waiting")


@require_GET
@staff_page("member.see")
def reserve(request: HttpRequest) -> HttpResponse:
    """Show who is ready to serve as a grid worker, the nearest to a grid first."""
    viewer = viewer_in(request)
    here = reserve_pool.areas_of(viewer)
    code = request.GET.get("area", "")
    area = next((one for one in here if one.code == code), here[0] if here else None)
    proposals = reserve_pool.proposed_for(viewer, area) if area else []
    shown = {"choices": by_community(here), "area": area, "proposals": proposals}
    return render(request, "members/reserve.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_page("member.invite")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask for whom links are to be made, and hand them out once: as a sheet to print or as a table."""
    viewer = viewer_in(request)
    organisations = organisations_of(viewer, "member.invite")
    form = InviteForm(organisations, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        number, shared = given["organisation"], given["links"] == "shared"
        try:
            codes = commands.invite(viewer, number, given["places"], given["form"], shared=shared)
        except ValidationError as error:
            add_errors(form, error)
        else:
            links = [request.build_absolute_uri(reverse("members:join", args=[code])) for code in codes]
            name = organisations[number].name
            if "table" in request.POST or len(links) > SHEET:
                rows = [(nth, link) for nth, link in enumerate(links, 1)]
                heading = (_("Number"), pgettext("address", "Link"))
                return excel_file(
                    f"invitations-{today():%Y%m%d}", name, [heading, *rows], bold=[0], widths=(10, 70)
                )
            shown_links = [(link, drawn(link)) for link in links]
            sheet = {"links": shown_links, "name": name, "places": given["places"], "shared": shared}
            return render(request, "members/sheet.html", sheet | {"until": today() + WAITS})
    shown = {"form": form, "sheet": SHEET, "open": queries.invitations(viewer)}
    shown["home"] = request.build_absolute_uri(reverse("members:report_home"))
    return render(request, "members/invite.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_page("member.invite")
def end_invitations(request: HttpRequest) -> HttpResponse:
    """Let the links of one sheet lead nowhere."""
    viewer = viewer_in(request)
    form = EndForm(organisations_of(viewer, "member.invite"), request.POST)
    if form.is_valid() and commands.end_invitations(viewer, *form.given()):
        messages.success(request, _("These links lead nowhere now."))
    else:
        messages.info(request, _("These invitations are over already."))
    return redirect("members:invite")


@require_GET
@staff_page("member.see")
def one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show one entry without its name."""
    return _shown(request, key)


@require_POST
@staff_page("member.open")
def open_contact(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open name and telephone of an entry; it is on record, and whoever it is about sees it (P7)."""
    contact = found_here(lambda: contacts.open_contact(viewer_in(request), key))
    return _shown(request, key, contact=contact)


@require_POST
@staff_page("member.invite")
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a declaration into the register, and show what waits next."""
    try:
        done = found_here(lambda: commands.confirm(viewer_in(request), key))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("members:one", key)
    _say(request, [done])
    return redirect("members:waiting")


@require_POST
@staff_page("member.invite")
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Decline a declaration, or take an entry out of the register."""
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            found_here(lambda: commands.decline(viewer_in(request), key, form.cleaned_data["reason"]))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("It is declined, and what was personal in it is deleted."))
            return redirect("members:waiting")
    return _shown(request, key, form=form)


@require_POST
@staff_page("member.open")
def export(request: HttpRequest) -> HttpResponse:
    """Hand the list out as a table; each member in it sees that and who did it (P7)."""
    viewer = viewer_in(request)
    form = RegisterForm(organisations_of(viewer, "member.open"), request.POST)
    if not form.is_valid():  # a list may be shown wider than it was asked for, and never be handed out so
        messages.error(
            request, _("This filter does not fit any more. Please choose anew what to take along.")
        )
        return redirect("members:register")
    found = queries.all_of(viewer, form.chosen())
    contacts.note_export_of(viewer, [row.key for row, _contact in found])
    rows = [table_row(row, contact) for row, contact in found]
    heading = [_(word) for word in HEADING]
    name = f"members-{today():%Y%m%d}"
    return excel_file(name, _("Members' register"), [heading, *rows], bold=[0], widths=(14, 16, 28, 20))


def table_row(row: queries.RegisterRow, contact: Contact) -> tuple[Cell, ...]:
    """Return an entry in the columns of the table."""
    yes = {True: _("Yes"), False: ""}
    return (
        contact.name, shown(contact.phone), row.organisation, row.grid, yes[row.party], yes[row.reports_home],
        yes[row.ready], "、".join(row.offers), contact.words, row.monthly, row.hours,
    )  # fmt: skip


def drawn(address: str) -> SafeString:
    """Return an address as the drawing of its QR code."""
    return mark_safe(segno.make(address, error="m").svg_inline(omitsize=True))  # noqa: S308 (drawn here, from no text)


def found_here(act: Callable[[], Done]) -> Done:
    """Do what a page asks; an entry of other organisations is not found."""
    try:
        return act()
    except PermissionDenied as error:
        raise Http404 from error


def _shown(
    request: HttpRequest, key: uuid.UUID, *, contact: Contact | None = None, form: DeclineForm | None = None
) -> HttpResponse:
    viewer = viewer_in(request)
    found = queries.entry(viewer, key)
    if found is None:
        raise Http404
    row, reason = found
    page = {
        "row": row,
        "reason": reason,
        "contact": contact,
        "form": form or DeclineForm(),
        "waiting": row.state == "declared",
        "decided": row.state == "declined",
        "may_open": may(viewer, "member.open") and row.state != "declined",
        "may_decide": may(viewer, "member.invite") and row.state != "declined",
        "tasks": queries.tasks_of(key),
        "mine": row.vouched is not None and row.vouched == viewer.person,
    }
    answer = render(request, "members/one.html", page, status=422 if form else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _say(request: HttpRequest, done: list[bool]) -> None:
    """Say how many declarations were confirmed, and how many wait for the second person."""
    if confirmed := sum(done):
        said = ngettext("%(n)d declaration is confirmed.", "%(n)d declarations are confirmed.", confirmed)
        messages.success(request, said % {"n": confirmed})
    if checked := len(done) - sum(done):
        said = ngettext(
            "%(n)d declaration is checked and waits for a second person.",
            "%(n)d declarations are checked and wait for a second person.",
            checked,
        )
        messages.success(request, said % {"n": checked})


def _page(request: HttpRequest, page: int, pages: int) -> str:
    if not 1 <= page <= pages:
        return ""
    asked = request.GET.copy()
    asked["page"] = str(page)
    return f"?{asked.urlencode()}"
