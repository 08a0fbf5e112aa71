"""Joint tasks: the street's page with attendance by tapping, and each department's own part (R26)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shige.trust.forms import add_errors
from shige.trust.jurisdiction import language
from shige.trust.page_access import staff_page, viewer_in

from .. import clock
from ..handling.queries.detail import matter_detail
from ..models import Matter
from ..tasks.actors import candidates
from ..tasks.forms import CallForm, NoteForm
from ..tasks.pages import choices_of, watermark
from ..visibility.queries.sight import work_of
from . import commands
from .commands import ATTENDANCE, ENDS, PARTS, Summons
from .queries import JointDetail, joint_detail, own_part


@staff_page("joint.call")
def call_joint(request: HttpRequest, number: str) -> HttpResponse:
    """Call departments together for a matter."""
    matter = _matter_to_call_for(request, number)
    form = CallForm(matter, candidates(matter, owner=True), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        summons = Summons(tuple(given["posts"]), given["purpose"], given["place"], given["meets_at"])
        try:
            made = commands.call_joint(viewer_in(request), number, summons)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The joint task %(number)s is called.") % {"number": made.number})
            return redirect("matters:joint", made.number)
    shown = {"form": form, "matter": matter}
    return render(request, "matters/call_joint.html", shown, status=422 if form.errors else 200)


@require_GET
@staff_page("joint.see")
def joint(request: HttpRequest, number: str) -> HttpResponse:
    """Show a joint task with every part."""
    return _shown(request, number)


@require_POST
@staff_page("joint.call")
def attendance(request: HttpRequest, number: str, part: int) -> HttpResponse:
    """Note with one tap whether somebody came."""
    _found(request, number)
    try:
        commands.note_attendance(viewer_in(request), number, part, request.POST.get("attendance", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("matters:joint", number)


@require_POST
@staff_page("joint.call")
def end_joint(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Conclude or cancel a joint task."""
    found = _found(request, number)
    row = next((row for row in found.actions if row.action == action and action in ENDS), None)
    if row is None:
        raise Http404
    form = NoteForm(row, request.POST)
    if form.is_valid():
        try:
            commands.end_joint(viewer_in(request), number, action, form.cleaned_data["note"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done: %(label)s.") % {"label": row.name.in_language(language())})
            return redirect("matters:joint", number)
    return _shown(request, number, form, action)


@require_GET
@never_cache
@staff_page("task.do")
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one's own part of a joint task; the opening is written down."""
    if own_part(viewer_in(request), pk) is None:
        raise Http404
    commands.note_part_opening(viewer_in(request), pk)
    return _part_shown(request, pk)


@require_POST
@staff_page("joint.call")
def result_for(request: HttpRequest, number: str, part: int) -> HttpResponse:
    """Write down the result of one post, as the street heard it."""
    found = _found(request, number)
    if all(known.pk != part for known in found.parts):
        raise Http404
    try:
        commands.hand_in_part(viewer_in(request), part, request.POST.get("note", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("matters:joint", number)


@require_POST
@staff_page("task.do")
def move_part(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Send apologies, or hand in the result of one's own part."""
    own = own_part(viewer_in(request), pk)
    row = next((row for row in own.actions if row.action == action), None) if own else None
    if row is None:
        raise Http404
    form = NoteForm(row, request.POST)
    if form.is_valid():
        try:
            PARTS[action](viewer_in(request), pk, form.cleaned_data["note"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done: %(label)s.") % {"label": row.name.in_language(language())})
            return redirect("matters:part", pk)
    return _part_shown(request, pk, form, action)


def _matter_to_call_for(request: HttpRequest, number: str) -> Matter:
    found = matter_detail(viewer_in(request), number)
    if found is None or not work_of(viewer_in(request), found.matter).may_call:
        raise Http404
    return found.matter


def _found(request: HttpRequest, number: str) -> JointDetail:
    found = joint_detail(viewer_in(request), number)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, number: str, failed: Form | None = None, action: str = "") -> HttpResponse:
    found = _found(request, number)
    ends = tuple(row for row in found.actions if row.action in ENDS)
    result = next((NoteForm(row) for row in found.actions if row.action == "result"), None)
    shown = {
        "found": found,
        "joint": found.joint,
        "choices": choices_of(ends, failed, action),
        "result": result,
        "may_note": found.may("attend"),
        "taps": _taps(),
    }
    return render(request, "matters/joint.html", shown, status=422 if failed else 200)


def _part_shown(request: HttpRequest, pk: int, failed: Form | None = None, action: str = "") -> HttpResponse:
    found = own_part(viewer_in(request), pk)
    if found is None:
        raise Http404
    late = found.joint.meets_at <= clock.now()
    rows = tuple(row for row in found.actions if not (row.action == "excuse" and late))
    shown = {
        "found": found,
        "part": found.part,
        "joint": found.joint,
        "choices": choices_of(rows, failed, action),
        **watermark(request, found.part.post.name, clock.now()),
    }
    return render(request, "matters/joint_part.html", shown, status=422 if failed else 200)


def _taps() -> list[tuple[str, str]]:
    """Return what can be noted of each post, with its words."""
    said = (
        pgettext("attendance", "There"),
        pgettext("attendance", "Excused"),
        pgettext("attendance", "Stayed away"),
    )
    return list(zip(ATTENDANCE, said, strict=True))
