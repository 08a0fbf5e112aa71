"""The questions of danger and of staff on the way of a report, and the way out in a hurry (P3, P4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shige.language.leaks import only_leaks
from shige.matters.danger import Staff, decide, seal_for
from shige.matters.danger.detectors import Heard
from shige.matters.workflow.deadlines import at_work, look_by
from shige.profile import Category, Emergency
from shige.trust.jurisdiction import language, profile
from shige.trust.page_access import public_page
from shige.warnings.queries.in_force import StandingWarning

from ...calls import advice, call_for, calls, quiet_calls
from ..advice import standing_for
from ..drafts import FIELD, ReportDraft, discard_all, draft_in, keep, leading_to
from ..readback import followed

FORM_METHODS = ["GET", "POST"]

COMPLAINED_OF: Final[Mapping[Staff, int]] = {"worker": 1, "official": 2}
STAFF: Final[Mapping[str, Staff]] = {"worker": "worker", "official": "official"}
"""The seal of a complaint about whom a reporter names."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of words that were taken in already, and what was set apart under ``code``.

    ``page`` is where their writer came from; ``kept`` goes to ``dismissed`` where there is no emergency.
    """

    page: str
    dismissed: str
    kept: Mapping[str, str]
    said: str = ""
    code: str = ""


@require_http_methods(FORM_METHODS)
@never_cache
@public_page
@followed
def emergency(request: HttpRequest) -> HttpResponse:
    """Show the numbers before anything else, and ask what is the case (P4)."""
    draft = draft_in(request)
    heard = draft.heard
    if not _call_first(draft, heard):
        return redirect(leading_to(next_screen(draft), draft))
    if request.method == "POST":
        draft = keep(request, draft, **_said_of(request.POST, draft, heard))
        return redirect(leading_to(next_screen(draft), draft))
    return call_first(request, heard, draft)


@require_http_methods(FORM_METHODS)
@never_cache
@public_page
@followed
def about_staff(request: HttpRequest) -> HttpResponse:
    """Ask whether it is about a grid worker or an official, who then never see it (P3)."""
    draft = draft_in(request)
    if not draft.words:
        return redirect(leading_to("channels:report", draft))
    if request.method == "POST":
        said = request.POST.get("about", "")
        answer = STAFF.get(said, "no")
        category = complaint_category(COMPLAINED_OF.get(answer, 0)) or draft.category
        draft = keep(request, draft, about_staff=answer, category=category)
        return redirect(leading_to(next_screen(draft), draft))
    return render(request, "channels/about_staff.html", {"draft": draft})


@require_http_methods(FORM_METHODS)
@never_cache
@public_page
@followed
def hurt(request: HttpRequest) -> HttpResponse:
    """Ask whether somebody is hurt or afraid: among family, neighbours and children words hide it."""
    draft = draft_in(request)
    if not (draft.words and draft.category):
        return redirect(leading_to("channels:report", draft))
    if request.method == "POST":
        draft = keep(request, draft, hurt=request.POST.get("hurt") == "yes")
        return redirect(leading_to(next_screen(draft), draft))
    return render(request, "channels/hurt.html", {"draft": draft})


@require_GET
@never_cache
@public_page
def leave_page(request: HttpRequest) -> HttpResponse:
    """Leave for a harmless page at once (快速离开); what was typed here and not sent is gone."""
    discard_all(request)
    answer = HttpResponse(status=302, headers={"Location": profile().guard.exit})
    answer["Clear-Site-Data"] = '"cache"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def next_screen(draft: ReportDraft) -> str:
    """Return what is asked next: danger before anything else, then staff, category, harm, place."""
    heard = draft.heard
    if not draft.words:
        return "channels:report"
    if _call_first(draft, heard):
        return "channels:emergency"
    if heard.staff and not draft.about_staff and _kind(draft.category) != "complaint":
        return "channels:about_staff"
    if not draft.category:
        return "channels:sort"
    return "channels:hurt" if _asks_harm(draft) else "channels:place"


def is_sealed(draft: ReportDraft) -> bool:
    """Say whether a draft becomes a matter that is kept from the grid: violence, harm, a complaint."""
    heard, category = draft.heard, _category(draft.category)
    verdict = decide(heard.alarm, draft.answers, category.endangers if category else "")
    return verdict.guarded or bool(seal_for(heard.staff, draft.about_staff) or (category and category.seal))


def is_discreet(draft: ReportDraft) -> bool:
    """Say whether a device may keep a trace of it only where its writer asks: others may use the device.

    What is sealed, and whatever is about family, neighbours or children: words may hide harm (P4).
    """
    category = _category(draft.category)
    return is_sealed(draft) or (category is not None and category.asks_harm)


def warned_of(draft: ReportDraft) -> list[StandingWarning]:
    """Return the warnings that stand at the place of a draft; none beside danger or hidden harm (P4)."""
    danger = draft.danger in ("yes", "cannot_talk") or bool(draft.hurt)
    if danger or draft.heard.emergencies or is_discreet(draft):
        return []
    return standing_for(draft)


def complaint_category(seal: int) -> str:
    """Return the category of complaints with a seal, else the one that guards most; empty without a seal."""
    found = [leaf for leaf in profile().leaf_categories if leaf.kind == "complaint"] if seal else []
    fitting = [leaf.code for leaf in found if leaf.seal == seal]
    return next(iter(fitting), max(found, key=lambda leaf: leaf.seal).code if found else "")


def call_first(
    request: HttpRequest,
    heard: Heard,
    draft: ReportDraft | None = None,
    noted: Noted | None = None,
    address: str = "",
) -> HttpResponse:
    """Show the numbers to call and ask what is the case (P4); ``address`` is written to the police.

    Of what is taken in already no more is asked than whether it is an emergency: ``noted`` tells where it is.
    """
    found, persons = heard.first, heard.alarm != "public"
    fitting = found or (harm_beside(draft.category) if draft else None)
    address = draft.address if draft else address
    quiet, moment = quiet_calls(address), timezone.now()
    shown: dict[str, Any] = {
        "calls": call_for(fitting, address) if fitting else [*calls(), *quiet],
        "quiet": quiet,
        "cannot_talk": draft is not None and draft.danger == "cannot_talk",
        "advice": advice(found) if found else "",
        "name": found.name.in_language(language()) if found else "",
        "persons": persons,
        "by_law": any(profile().category(each.category).mandatory for each in heard.emergencies),
        "asks_police": draft is not None and persons,
        "open_now": at_work(moment),
        "look_by": look_by(moment),
        "kept": noted.kept if noted else {FIELD: draft.key if draft else ""},
        "noted": noted,
    }
    return render(request, "channels/emergency.html", shown)


def harm_beside(category: str) -> Emergency | None:
    """Return the danger to persons that lies nearest to a chosen category, such as harm to a child."""
    chosen = _category(category)
    if chosen is None or not chosen.asks_harm:
        return None
    return next(
        (each for each in profile().emergencies if each.persons and each.category[:2] == chosen.top), None
    )


def _said_of(given: QueryDict, draft: ReportDraft, heard: Heard) -> dict[str, object]:
    """Return what is answered to the numbers; whoever cannot call in danger to persons cannot talk either."""
    said = given.get("emergency")
    called, unable = said == "called", said == "cannot_call"
    answered: dict[str, object] = {"called": called, "unable": unable, "no_emergency": not (called or unable)}
    found = (heard.harm or heard.first) if called or unable else None
    if found:
        answered["category"] = found.category
    if unable and heard.alarm != "public":
        answered["danger"] = "cannot_talk"
    return answered | {"police": "police" in given}


def _call_first(draft: ReportDraft, heard: Heard) -> bool:
    if draft.answered_alarm or not draft.words:
        return False
    return bool(heard.emergencies) or draft.danger in ("yes", "cannot_talk") or bool(draft.hurt)


def _asks_harm(draft: ReportDraft) -> bool:
    category = _category(draft.category)
    asked = draft.hurt is not None or draft.danger in ("yes", "cannot_talk")
    if category is None or asked or not category.asks_harm:
        return False
    return not (category.next_door and only_leaks(draft.words))


def _category(code: str) -> Category | None:
    try:
        return profile().category(code)
    except KeyError:
        return None


def _kind(code: str) -> str:
    category = _category(code)
    return category.kind if category else ""
