"""Tasks: the list of each post, one task as its post and its office see it, and giving one (R26)."""

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shige.files.desk import done_with, file_field, files_of
from shige.files.handover import handed_over
from shige.profile import Transition
from shige.territory.grids.queries.grids import in_force
from shige.territory.map_settings import map_config
from shige.trust.forms import add_errors
from shige.trust.jurisdiction import language
from shige.trust.models import Person
from shige.trust.page_access import staff_page, viewer_in

from .. import clock
from ..handling.queries.detail import matter_detail
from ..models import Matter
from ..visibility.behind import photos_told
from ..visibility.queries.sight import work_of
from ..workflow.workflows import guide_of
from . import commands
from .actors import candidates
from .commands import Order
from .forms import GiveForm, NoteForm
from .queries import PAGE, TaskDetail, given_to, over_at, task_detail, task_photo, waiting_for_office

STRONG: Final = {
    "take": "btn-primary",
    "hand_in": "btn-success",
    "accept": "btn-success",
    "answer": "btn-primary",
}


@require_GET
@staff_page("task.do")
def tasks(request: HttpRequest) -> HttpResponse:
    """List what this person's posts were given, the soonest due first, and what waits for their word."""
    viewer, done = viewer_in(request), request.GET.get("show") == "done"
    rows = over_at(viewer, _moment(request.GET.get("before", ""))) if done else given_to(viewer)
    shown = {
        "rows": rows,
        "waiting": [] if done else waiting_for_office(viewer),
        "done": done,
        "further": rows[-1].ended if done and len(rows) == PAGE else None,
    }
    return render(request, "matters/tasks.html", shown)


def _moment(written: str) -> datetime | None:
    try:
        return parse_datetime(written)
    except ValueError:
        return None


@require_GET
@never_cache
@staff_page("task.do")
def task(request: HttpRequest, number: str) -> HttpResponse:
    """Show one task; when whoever was given it opens it, that is written down."""
    if task_detail(viewer_in(request), number) is None:
        raise Http404
    commands.note_opening(viewer_in(request), number)
    return _shown(request, number)


@require_POST
@staff_page("task.do")
def move_task(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Carry out one action on a task."""
    found = _found(request, number)
    row = next((row for row in found.actions if row.action == action), None)
    if row is None:
        messages.error(request, _("This is not possible any more. The page shows how it stands now."))
        return redirect("matters:task", number)
    form = NoteForm(row, request.POST)
    if not form.is_valid():
        return _shown(request, number, form, action)
    try:
        note = form.cleaned_data.get("note", "")
        commands.move_task(viewer_in(request), number, action, note, files_of(request))
    except ValidationError as error:
        add_errors(form, error)
        return _shown(request, number, form, action)
    done_with(request)
    messages.success(request, _("Done: %(label)s.") % {"label": row.name.in_language(language())})
    return redirect("matters:task", number)


@require_GET
@staff_page("task.do")
def photo_of_task(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Return a photo or PDF of a task that this person may see."""
    return handed_over(task_photo(viewer_in(request), number, name, small="small" in request.GET))


@staff_page("matter.handle")
def give_task(request: HttpRequest, number: str) -> HttpResponse:
    """Split a task off from a matter."""
    matter = matter_to_split(request, number)
    form = GiveForm(matter, candidates(matter), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["photos"] = tuple(given["photos"])
        try:
            order = Order(**given, pictures=files_of(request, "pictures"))
            made = commands.give_task(viewer_in(request), number, order)
        except ValidationError as error:
            add_errors(form, error)
        else:
            done_with(request, "pictures")
            messages.success(request, _("The task %(number)s is given.") % {"number": made.number})
            return redirect("matters:matter", number)
    shown = {"form": form, "matter": matter, "photos": photos_told(viewer_in(request), matter)}
    shown |= file_field(request, "pictures")
    return render(request, "matters/give_task.html", shown, status=422 if form.errors else 200)


def matter_to_split(request: HttpRequest, number: str) -> Matter:
    """Return an open matter from which this person may split tasks off; 404 for everybody else."""
    found = matter_detail(viewer_in(request), number)
    if found is None or not work_of(viewer_in(request), found.matter).may_give:
        raise Http404
    return found.matter


def watermark(request: HttpRequest, post: str, at: datetime) -> dict[str, object]:
    """Return whose name the page carries: who opened it, for which post, when."""
    name = request.user.service_name if isinstance(request.user, Person) else ""
    return {"mark_name": name, "mark_post": post, "mark_at": at}


def place_config(matter: Matter, lon: float | None, lat: float | None) -> dict[str, object]:
    """Return the settings of a map that shows a point, or only the grid in which the matter lies."""
    if lon is not None and lat is not None:
        return map_config() | {"center": [lon, lat], "zoom": 17, "point": [lon, lat]}
    box = in_force(None).filter(area=matter.leaf_id).values_list("box", flat=True).first()
    return map_config(box)


def choices_of(
    rows: tuple[Transition, ...], failed: Form | None = None, action: str = ""
) -> list[tuple[Transition, str, Form, str]]:
    """Return each action with its words, its form (the refused one where there is one) and its weight."""
    in_turn = sorted(rows, key=lambda row: row.action not in STRONG)
    return [
        (
            row,
            row.name.in_language(language()),
            failed if failed is not None and row.action == action else NoteForm(row),
            STRONG.get(row.action, ""),
        )
        for row in in_turn
    ]


def _found(request: HttpRequest, number: str) -> TaskDetail:
    found = task_detail(viewer_in(request), number)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, number: str, failed: Form | None = None, action: str = "") -> HttpResponse:
    found = _found(request, number)
    shown = {
        "found": found,
        "task": found.task,
        "guide": guide_of(found.task.kind, found.task.state),
        "config": place_config(found.task.matter, found.task.lon, found.task.lat),
        "choices": choices_of(found.actions, failed, action),
        **file_field(request),
        **watermark(request, found.task.post.name, clock.now()),
    }
    return render(request, "matters/task.html", shown, status=422 if failed else 200)
