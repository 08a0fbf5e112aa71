"""Carry out what the office presses on the page of a matter."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shige.trust.forms import add_errors
from shige.trust.jurisdiction import language
from shige.trust.page_access import staff_page, viewer_in

from ...filing.commands import photos
from ...workflow.workflows import workflow_of
from ..acts import ACTS, action_form
from ..commands import contact
from ..forms import RevealForm
from ..queries.detail import Detail, matter_detail
from .matter import shown
from .uploads import drop_staged, staged_files


@require_POST
@staff_page("matter.handle")
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Carry out one action of the table."""
    found = _found(request, number)
    if action not in ACTS:
        raise Http404
    table = workflow_of(found.matter.kind)
    if not table.has(action):
        raise Http404
    transition = table.transition(action)
    form = action_form(transition, found, request.POST)
    staged, faults = staged_files(request, number) if transition.result else ({}, [])
    for said in faults:
        form.add_error(None, said)
    if not form.is_valid():
        return shown(request, number, failed=form, action=action)
    if transition.result:
        form.cleaned_data["staged"] = staged
    try:
        ACTS[action](viewer_in(request), number, form.cleaned_data)
    except ValidationError as error:
        return _refused(request, number, form, action, error)
    drop_staged(request, number)
    messages.success(request, _("Done: %(label)s.") % {"label": transition.name.in_language(language())})
    still_seen = matter_detail(viewer_in(request), number) is not None
    return redirect("matters:matter", number) if still_seen else redirect("matters:list")


@require_POST
@never_cache
@staff_page("matter.handle")
def reveal(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Open contact or words, with a reason and on record (P5, P7); nothing of it is kept by the browser."""
    asked = _found(request, number).matter.confidential
    form = RevealForm(request.POST, auto_id=f"id_{what}_%s", asked=asked)
    if not form.is_valid():
        return shown(request, number, failed=form, action=f"reveal_{what}")
    reason, viewer = form.cleaned_data.get("reason", ""), viewer_in(request)
    try:
        if what == "words":
            opened: dict[str, object] = {"words": contact.reveal_words(viewer, number, reason)}
        elif what == "claimant":
            opened = {"claimant": contact.reveal_claimant(viewer, number, reason)}
        else:
            opened = {"contact": contact.reveal_contact(viewer, number, reason)}
    except ValidationError as error:
        return _refused(request, number, form, f"reveal_{what}", error)
    return shown(request, number, opened=opened)


@require_POST
@staff_page("matter.handle")
def add_photos(request: HttpRequest, number: str) -> HttpResponse:
    """Add files of the office."""
    _found(request, number)
    staged, faults = staged_files(request, number)
    for said in faults:
        messages.error(request, said)
    try:
        photos.add_photos(viewer_in(request), number, staged)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    drop_staged(request, number)
    return redirect("matters:matter", number)


def _found(request: HttpRequest, number: str) -> Detail:
    found = matter_detail(viewer_in(request), number)
    if found is None:
        raise Http404
    return found


def _refused(
    request: HttpRequest, number: str, form: Form, action: str, error: ValidationError
) -> HttpResponse:
    """Show the page again with what was typed and why it was refused."""
    add_errors(form, error)
    still_offered = any(row.action == action for row in _found(request, number).actions)
    if not (still_offered or action.startswith("reveal")):
        messages.error(request, " ".join(error.messages))
        return redirect("matters:matter", number)
    return shown(request, number, failed=form, action=action)
