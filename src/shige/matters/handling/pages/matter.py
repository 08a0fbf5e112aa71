"""One matter: what, where, who, by when, what happened, what may be done."""

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from shige.files.fields import MOST
from shige.files.handover import handed_over
from shige.profile import Transition
from shige.territory.map_settings import map_config
from shige.territory.places import find_places, remark_on
from shige.trust.jurisdiction import language
from shige.trust.page_access import staff_page, viewer_in

from ...recusal.panel import recusal_on_page
from ...summaries.panel import summary_on_page
from ...visibility.queries.sight import who_sees, work_of
from ...visits.queries import visits_of
from ...wishes.queries.wishes import claim_of
from ...workflow.actors import dispatching
from ...workflow.schedule import extended
from ...workflow.workflows import guide_of
from ..acts import action_form
from ..commands.contact import open_file
from ..forms import RevealForm
from ..queries.detail import Detail, matter_detail
from .links import belonging
from .panels import panels_on_page

STRONG = {
    "take": "btn-primary",
    "solve": "btn-success",
    "rectify": "btn-success",
    "recheck_ok": "btn-success",
    "write_off": "btn-success",
    "uphold": "btn-success",
}


@require_GET
@staff_page("matter.handle")
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Show one matter."""
    return shown(request, number)


@require_GET
@staff_page("matter.handle")
def photo(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Return a photo or PDF of a matter that this person may see."""
    return handed_over(open_file(viewer_in(request), number, name, small="small" in request.GET))


@require_GET
@staff_page("matter.handle")
def sight(request: HttpRequest, number: str) -> HttpResponse:
    """Show who can see a matter now, and who opened something of it (R26, P5)."""
    found = matter_detail(viewer_in(request), number)
    if found is None or not work_of(viewer_in(request), found.matter).may_see_who:
        raise Http404
    can_see, opened = who_sees(viewer_in(request), found.matter)
    shown = {"row": found.row, "can_see": can_see, "opened": opened}
    return render(request, "matters/access_record.html", shown)


def _reveal(what: str, found: Detail) -> RevealForm:
    """Return the form that opens something; why is asked where the matter is confidential (P5)."""
    return RevealForm(auto_id=f"id_{what}_%s", asked=found.matter.confidential)


def shown(
    request: HttpRequest, number: str, *, opened: dict[str, object] | None = None, failed: Form | None = None,
    action: str = "",
) -> HttpResponse:  # fmt: skip
    """Return the page, with what was opened on record, or with the form that was refused."""
    found = matter_detail(viewer_in(request), number)
    if found is None:
        raise Http404
    query = request.GET.get("q", _written_place(found))
    places = find_places(query)
    content = {
        "found": found,
        "row": found.row,
        "matter": found.matter,
        "guide": guide_of(found.matter.kind, found.matter.state),
        "choices": [
            (
                row,
                row.name.in_language(language()),
                _form(row, found, failed, action),
                STRONG.get(row.action, ""),
            )
            for row in sorted(found.actions, key=lambda row: row.action not in STRONG)
        ],
        "reveal_words": failed if action == "reveal_words" else _reveal("words", found),
        "reveal_contact": failed if action == "reveal_contact" else _reveal("contact", found),
        "opened": opened or {},
        "would_be_due": extended(found.matter).due if found.matter.extension_asked_of_id else None,
        "claim": claim_of(found.matter),
        "visits": visits_of(found.matter),
        "reveal_claimant": failed if action == "reveal_claimant" else _reveal("claimant", found),
        "work": work_of(viewer_in(request), found.matter),
        "rating": found.matter.rating if dispatching(viewer_in(request), found.matter) else None,
        "query": query,
        "places": places,
        "remark": remark_on(query, places),
        "config": _map_of(found),
        "most": MOST,
        "upload_url": reverse("matters:uploads", args=[number]),
        "limit_mb": settings.SHIGE_ATTACHMENT_LIMIT // 2**20,
        **panels_on_page(viewer_in(request), found.matter, failed, action),
        **belonging(viewer_in(request), found),
        **summary_on_page(viewer_in(request), found.matter, failed if action == "summary" else None),
        **recusal_on_page(viewer_in(request), found.matter, failed if action == "recusal" else None),
    }
    return render(request, "matters/one.html", content, status=422 if failed else 200)


def _form(transition: Transition, found: Detail, failed: Form | None, action: str) -> Form:
    return failed if failed is not None and transition.action == action else action_form(transition, found)


def _written_place(found: Detail) -> str:
    """Return the words to look for where a reporter could say no more of the place."""
    return found.matter.place if found.placed and found.matter.lon is None else ""


def _map_of(found: Detail) -> dict[str, object]:
    matter = found.matter
    if matter.lon is None or matter.lat is None:
        return map_config()
    at = [matter.lon, matter.lat]
    return map_config() | {"center": at, "zoom": 17, "point": at}
