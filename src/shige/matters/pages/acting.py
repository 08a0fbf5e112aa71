"""Carry out what the office presses on the page of a matter."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shige.trust.access import staff_page, viewer_in
from shige.trust.forms import add_errors
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language

from .. import commands
from ..forms.acting import RevealForm
from ..queries import Detail, matter_detail
from ..report import Place
from ..workflow import life
from .one import action_form, shown
from .uploads import drop_staged, staged_files

Act = Callable[[Viewer, str, dict[str, Any]], object]

ACTS: dict[str, Act] = {
    "take": lambda viewer, number, given: commands.take(viewer, number),
    "note": lambda viewer, number, given: commands.add_note(viewer, number, given["note"]),
    "pass_on": lambda viewer, number, given: commands.pass_on(viewer, number, given["post"], given["note"]),
    "pass_up": lambda viewer, number, given: commands.pass_up(viewer, number, given["note"]),
    "refuse_duty": lambda viewer, number, given: commands.refuse_duty(viewer, number, given["note"]),
    "return_down": lambda viewer, number, given: commands.return_down(viewer, number, given["note"]),
    "set_place": lambda viewer, number, given: commands.set_place(viewer, number, Place(**given)),
    "ask": lambda viewer, number, given: commands.ask(viewer, number, given["note"]),
    "resume": lambda viewer, number, given: commands.go_on(viewer, number),
    "extend": lambda viewer, number, given: commands.extend(viewer, number, given["note"]),
    "lead": lambda viewer, number, given: commands.lead(viewer, number, given["note"]),
    "merge": lambda viewer, number, given: commands.merge(viewer, number, given["into"], given["note"]),
    "release": lambda viewer, number, given: commands.release(
        viewer, number, given["note"], given["category"]
    ),
    "sort": lambda viewer, number, given: commands.sort(
        viewer, number, given["category"], given.get("reason", "")
    ),
    "publish": lambda viewer, number, given: commands.publish(viewer, number, given["note"]),
    "decline": lambda viewer, number, given: commands.decline(viewer, number, given["note"]),
    "contact": lambda viewer, number, given: commands.contacted(viewer, number, given["note"]),
    "offer_again": lambda viewer, number, given: commands.offer_again(viewer, number),
    "pass_along": lambda viewer, number, given: commands.pass_along(viewer, number, given["note"]),
    "thank": lambda viewer, number, given: commands.thank(viewer, number, given["note"]),
    "solve": lambda viewer, number, given: commands.solve(viewer, number, **given),
    "hear": lambda viewer, number, given: commands.hear(viewer, number, given["note"]),
    "uphold": lambda viewer, number, given: commands.solve(viewer, number, **given, action="uphold"),
    "dismiss": lambda viewer, number, given: commands.solve(viewer, number, **given, action="dismiss"),
    "rectify": lambda viewer, number, given: commands.rectify(viewer, number, **given),
    "recheck_ok": lambda viewer, number, given: commands.recheck_ok(viewer, number, given["note"]),
    "write_off": lambda viewer, number, given: commands.write_off(viewer, number, given["note"]),
    "recheck_failed": lambda viewer, number, given: commands.recheck_failed(viewer, number, given["note"]),
    "confirm_by_phone": lambda viewer, number, given: commands.confirm_by_phone(
        viewer, number, given["note"], given["rating"]
    ),
    "not_reached": lambda viewer, number, given: commands.not_reached(viewer, number, given["note"]),
    "visit_ok": lambda viewer, number, given: commands.visit_ok(viewer, number, given["note"]),
    "visit_failed": lambda viewer, number, given: commands.visit_failed(viewer, number, given["note"]),
}
"""What carries out each action of the tables; a room above adds its own."""


def bring_acts(acts: Mapping[str, Act]) -> None:
    """Add how actions are carried out that belong to a room above this one."""
    ACTS.update(acts)


@require_POST
@staff_page("matter.handle")
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Carry out one action of the table."""
    found = _found(request, number)
    if action not in ACTS:
        raise Http404
    table = life(found.matter.kind)
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
            opened: dict[str, object] = {"words": commands.reveal_words(viewer, number, reason)}
        elif what == "claimant":
            opened = {"claimant": commands.reveal_claimant(viewer, number, reason)}
        else:
            opened = {"contact": commands.reveal_contact(viewer, number, reason)}
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
        commands.add_photos(viewer_in(request), number, staged)
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
