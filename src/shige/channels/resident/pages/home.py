"""The first screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from shige.trust.page_access import public_page
from shige.warnings.queries.in_force import standing_everywhere

from ...calls import calls
from ..drafts import ReportDraft, drafts_of, leading_to
from ..readback import is_ordinary
from .danger import is_discreet, next_screen


@require_GET
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show what can be done here, the emergency numbers, warnings, and a report that is not finished."""
    shown = {"calls": calls(), "hotlines": calls(danger=False), "standing": standing_everywhere()}
    draft = _unfinished(request)
    if draft is None:
        return render(request, "channels/home.html", shown)
    shown |= {"draft": draft, "onward": leading_to(next_screen(draft), draft)}
    answer = render(request, "channels/home.html", shown)
    add_never_cache_headers(answer)
    return answer


def _unfinished(request: HttpRequest) -> ReportDraft | None:
    """Return the draft to go on with; of harm and complaints not even that there is one is told (P3, P4)."""
    written = (draft for draft in drafts_of(request) if draft.words)
    return next((draft for draft in written if is_ordinary(draft) and not is_discreet(draft)), None)
