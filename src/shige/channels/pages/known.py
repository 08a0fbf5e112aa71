"""What is known already at the place, before a report is sent: join it, or report all the same (R25)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shige.language.danger import find_emergency
from shige.matters.codes import device_key
from shige.matters.commands.joining import Joined, join, leave, leave_phone
from shige.matters.queries.known import Known, known_nearby
from shige.trust.access import public_page
from shige.trust.gate import PUBLIC
from shige.trust.jurisdiction import profile
from shige.trust.telephones import TYPED_LIMIT

from ..device import forget, remember
from ..drafts import Draft, discard, draft_in
from ..rates import TooOftenError, address_of, knock


@require_http_methods(["GET", "POST"])
@public_page
def known(request: HttpRequest) -> HttpResponse:
    """Show what neighbours may see of the same kind nearby; join one, or go on."""
    draft = draft_in(request.session)
    if not (draft.words and draft.placed):
        return redirect("channels:place" if draft.words else "channels:report")
    if speaks_of_danger(draft):
        return redirect("channels:emergency")
    if request.method == "POST":
        return _joined(request, draft)
    found = found_for(draft)
    if not found:
        return redirect("channels:contact")
    return render(request, "channels/known.html", {"known": found, "step": 3, "steps": 4, "draft": draft})


@require_POST
@public_page
def told(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the telephone of whoever joined, or forget it."""
    try:
        knock("address", address_of(request))
        leave_phone(PUBLIC, code, request.POST.get("phone", "")[:TYPED_LIMIT])
    except TooOftenError as error:
        return render(request, "channels/too_often.html", {"why": str(error)}, status=429)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. It has been noted."))
    return redirect("channels:tracking", code=code)


@require_POST
@public_page
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Stop following what one joined."""
    try:
        knock("address", address_of(request))
        leave(PUBLIC, code)
    except TooOftenError as error:
        return render(request, "channels/too_often.html", {"why": str(error)}, status=429)
    except PermissionDenied as error:
        raise Http404 from error
    answer = redirect("channels:mine")
    forget(request, answer, code)
    messages.success(request, _("You no longer follow it; code and telephone are forgotten."))
    return answer


def after_place(draft: Draft) -> str:
    """Return the screen after the place: what is known there already, if there is anything."""
    return "channels:known" if not speaks_of_danger(draft) and found_for(draft) else "channels:contact"


def found_for(draft: Draft) -> list[Known]:
    """Return what is known of the draft's category at its place."""
    return known_nearby(draft.category, draft.place)


def speaks_of_danger(draft: Draft) -> bool:
    """Say whether the words speak of an emergency that its screen has not asked about yet (P4)."""
    asked = draft.called or draft.no_emergency
    return not asked and find_emergency(profile(), draft.words) is not None


def _joined(request: HttpRequest, draft: Draft) -> HttpResponse:
    try:
        knock("address", address_of(request))
        made = join(PUBLIC, draft.category, draft.place, request.POST.get("join", ""), draft.key)
    except TooOftenError as error:
        return render(request, "channels/too_often.html", {"why": str(error)}, status=429)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("channels:known")
    return _receipt(request, made)


def _receipt(request: HttpRequest, made: Joined) -> HttpResponse:
    """Drop the draft, whose words are not sent, and lead to the page that the new code opens."""
    discard(request.session)
    answer = redirect("channels:tracking", code=made.tracking_code)
    remember(request, answer, made.tracking_code, device_key(None))
    messages.success(request, _("You have joined. Note the code down to follow it."))
    return answer
