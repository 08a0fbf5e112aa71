"""What was written is read back on a page of the report: ordinary words always, others to whoever goes on.

A phone may be shared. Words of harm, of a complaint or of what is sealed come back on the page that a press
of the form leads to, and on no page that is opened by its address alone, by Back or by a reload, with
JavaScript or without. Whoever opens an address has broken the chain of presses, and pressing on without words
of one's own does not mend it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse

from .drafts import FIELD, ReportDraft
from .heard import heard_in

CHAIN: Final = "going_on"
"""Where the session keeps the key of the draft that is gone on with, and whose turn it is."""

SENT, READ = "sent", "read"
"""A form was sent and its page is still to come; the page has come."""

Page = Callable[..., HttpResponse]


def is_read_back(request: HttpRequest, draft: ReportDraft) -> bool:
    """Say whether a page may show what was written of a draft."""
    return is_ordinary(draft) or _goes_on(request, draft.key)


def is_ordinary(draft: ReportDraft) -> bool:
    """Say whether nothing in a draft speaks of danger, harm or people at work, nor will be sealed.

    It is what a browser with JavaScript keeps as well (`heard.heard_in`).
    """
    if draft.danger in ("yes", "cannot_talk") or draft.hurt or draft.called or draft.unable:
        return False
    return not draft.words or (
        draft.about_staff in ("", "no") and bool(heard_in(draft.words).get("ordinary"))
    )


def followed(page: Page) -> Page:
    """Follow a page of the report: a form that is sent goes on with its draft, an address alone does not."""

    @wraps(page)
    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if request.method == "POST":
            key = request.POST.get(FIELD, "")
            begins = bool(request.POST.get("words", "").strip())
            _keep(request, key, SENT if begins or _goes_on(request, key) else "")
            return page(request, *args, **named)
        answer = page(request, *args, **named)
        if answer.status_code == 200:  # a page that leads on is none
            key = request.GET.get(FIELD, "")
            _keep(request, key, READ if _goes_on(request, key) else "")
        return answer

    return answered


def _goes_on(request: HttpRequest, key: str) -> bool:
    """Say whether a request goes on with a draft: a form of its last page, or what a form leads to."""
    held, turn = request.session.get(CHAIN, ("", ""))
    return bool(key) and held == key and (turn == SENT or request.method == "POST")


def _keep(request: HttpRequest, key: str, turn: str) -> None:
    if key and turn:
        request.session[CHAIN] = [key, turn]
    elif CHAIN in request.session:
        del request.session[CHAIN]
