"""Name whom a sealed matter is about, or take that back (P3)."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from shige.trust.forms import add_errors
from shige.trust.page_access import staff_page, viewer_in

from ..handling.pages.matter import shown
from ..handling.queries.detail import matter_detail
from .commands import answer_recusal, readmit, recuse
from .forms import RecusalForm, unveil
from .persons import kept_by_name, may_recuse, nameable
from .second_person import waiting_for

ACTS: Final = ("readmit", "grant", "refuse")
DONE: Final = {
    "": gettext_noop("They know of it no more."),
    "grant": gettext_noop("They know of it no more."),
    "asked": gettext_noop(
        "The level above, or the independent office, was asked to confirm it. Until then nothing changes."
    ),
    "refuse": gettext_noop("The request is refused; whoever asked reads why."),
    "readmit": gettext_noop("They may see it again, unless its seal keeps them out."),
}


@staff_page("matter.dispatch")
@require_POST
def recusal(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the person of the form from the matter, answer a request, or let ``readmit`` see it again."""
    viewer = viewer_in(request)
    found = matter_detail(viewer, number)
    if found is None or not may_recuse(viewer, found.matter):
        raise Http404
    form = RecusalForm(nameable(found.matter), request.POST)
    act, person = next(((act, pk) for act in ACTS if (pk := _pressed(request, act))), ("", 0))
    if not (act or form.is_valid()):
        return shown(request, number, failed=form, action="recusal")
    try:
        if act == "readmit":
            readmit(viewer, number, person)
        elif act:
            answer_recusal(viewer, number, person, act == "grant", request.POST.get("answer", ""))
        elif recuse(viewer, number, form.cleaned_data["person"], form.cleaned_data["reason"]):
            act = "asked"
    except ValidationError as error:
        add_errors(form, error)
        return shown(request, number, failed=form, action="recusal")
    messages.success(request, gettext(DONE[act]))
    themself = viewer.person in {one.person for one in kept_by_name(found.matter)}
    return redirect("matters:list") if themself else redirect("matters:matter", number)


@require_POST
@staff_page()
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or refuse a request on the page of today, as the independent office that sees no more of it."""
    viewer = viewer_in(request)
    waiting = next((one.asked for one in waiting_for(viewer) if one.asked.pk == pk), None)
    if waiting is None:
        raise Http404
    act = "grant" if "grant" in request.POST else "refuse"
    said = request.POST.get("answer", "")
    try:
        answer_recusal(viewer, waiting.matter.number, waiting.person_id, act == "grant", said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, gettext(DONE[act]))
    return redirect("matters:today")


def _pressed(request: HttpRequest, act: str) -> int:
    """Return whom a button is about (an id); 0 where it was not pressed."""
    try:
        return unveil(request.POST.get(act, ""))
    except ValueError:
        return 0
