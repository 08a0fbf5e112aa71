"""Pass many ticked matters on to one post with one reason."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shige.trust.gate import Viewer
from shige.trust.page_access import staff_page, viewer_in

from ...handling.commands.transfer import pass_on
from ...lists.forms import AssignForm
from ..queries.batch import MOST, Assignable, assignable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one matter: nothing said means that it was passed on."""

    number: str
    refused: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("matter.dispatch")
def assign(request: HttpRequest) -> HttpResponse:
    """Show the ticked matters and who could have them; with a post and a reason, pass each of them on."""
    given = request.POST if request.method == "POST" else request.GET
    viewer, numbers = viewer_in(request), given.getlist("number")[:MOST]
    found = assignable(viewer, numbers)
    if not (found.rows or found.others):
        return redirect("matters:list")
    form = AssignForm(_offered(found), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        post, reason = form.cleaned_data["post"], form.cleaned_data["note"]
        outcomes = [
            Outcome(row.number, passed_on(viewer, row.number, post, reason))
            for row in (*found.rows, *found.others)
        ]
        return render(request, "matters/assigned.html", _told(outcomes))
    status = 422 if request.method == "POST" else 200
    return render(request, "matters/assign.html", {"found": found, "form": form}, status=status)


def passed_on(viewer: Viewer, number: str, post: int, reason: str) -> str:
    """Pass one matter on, wholly or not at all; return why it was refused, empty where it was not."""
    try:
        pass_on(viewer, number, post, reason)
    except ValidationError as error:
        return " ".join(error.messages)
    except PermissionDenied:
        return _("You may not pass this matter on.")
    return ""


def _offered(found: Assignable) -> list[tuple[int, str]]:
    """Return the posts with how many of the ticked matters each could take."""
    return [
        (
            post.pk,
            _("%(post)s · %(area)s (fits %(count)d of %(all)d)")
            % {"post": post.name, "area": post.area.name, "count": fits, "all": len(found.rows)},
        )
        for post, fits in found.posts
    ]


def _told(outcomes: list[Outcome]) -> dict[str, object]:
    return {
        "done": [outcome for outcome in outcomes if not outcome.refused],
        "refused": [outcome for outcome in outcomes if outcome.refused],
    }
