"""The first screen of a report: what it is about, in own words, with photos."""

from dataclasses import replace
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shige.files.attachments import Reading
from shige.files.fields import MOST, arrived, drop_taken, read_in, tell
from shige.territory.places.location import building_by_unit, middle_of
from shige.trust.page_access import public_page

from ...spoken import switched, switches
from ..draft_files import DraftFile, drop_file, write_file
from ..drafts import STEPS, ReportDraft, change, draft_in, held, leading_to, said_by, sender_of
from ..forms.report import WordsForm
from ..heard import heard_in, heard_key, is_category
from ..readback import followed, is_ordinary, is_read_back
from .danger import next_screen, warned_of
from .receipt import receipt_once_more

UNASKED: Final = {
    "called": False,
    "no_emergency": False,
    "unable": False,
    "hurt": None,
    "about_staff": "",
    "police": False,
}
"""What is asked anew when words or the answer about danger change (P3, P4)."""


@require_http_methods(["GET", "POST"])
@never_cache
@public_page
@followed
def start(request: HttpRequest) -> HttpResponse:
    """Ask what it is about; ``?b=`` and ``?g=`` are building or grid of a QR code, ``?c=`` a category."""
    draft = arriving(request)
    if draft.receipt is not None:
        return receipt_once_more(request, draft)
    shows, typed = is_read_back(request, draft), request.POST.get("words", "")
    given = _with_words_left(request.POST, draft) if request.method == "POST" else None
    form = WordsForm(given, initial={"words": draft.words})
    if request.method == "POST":
        draft = answered(request, draft, form)
        if switches(request):
            return switched(request, leading_to("channels:report", draft))
        if form.is_valid():
            return redirect(leading_to(next_screen(draft), draft))
    said = typed if request.method == "POST" else draft.words if shows else ""
    shown = {"form": form, "draft": draft, "step": 1, "steps": STEPS, "most": MOST}
    shown |= {"standing": warned_of(draft), "said": said, "files": draft.files if shows else ()}
    shown |= {"kept_unseen": bool(draft.words) and not (shows or said)}
    shown |= {"upload_url": leading_to("channels:uploads", draft)}
    shown |= {"limit_mb": settings.SHIGE_ATTACHMENT_LIMIT // 2**20, "heard": heard_in(said)}
    shown |= {"picked": draft.category}
    if request.method == "POST":  # files that nobody had time to see are sent again with the next press
        shown |= {"sent_files": arrived(request, "photos", sender_of(request, draft))}
    return render(request, "channels/words.html", shown, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@never_cache
@public_page
def heard(request: HttpRequest) -> HttpResponse:
    """Answer what is being typed: the emergency number at once (P4), and likely categories."""
    words = request.POST.get("words", "")[: settings.SHIGE_TEXT_LIMIT]
    return render(request, "channels/heard.html", {"heard": heard_in(words)})


def arriving(request: HttpRequest) -> ReportDraft:
    """Return the draft; a new one with what the link that led here says."""
    draft = draft_in(request, fresh=True)
    words = request.POST.get("words", "")
    if draft.receipt is not None and words.strip() and said_by(draft.key, words) != draft.said:
        draft = ReportDraft()  # other words in a form that was sent: another report
    if draft.touched_at is not None:
        return draft
    unit, code, grid = (request.GET.get(name, "") for name in "bcg")
    house = building_by_unit(unit) if unit else None
    if house is not None:
        draft = replace(draft, building=house.pk, address=house.address, lon=house.lon, lat=house.lat)
    middle = middle_of(grid) if grid else None
    if middle is not None:
        draft = replace(draft, building=None, entrance=None, address="", lon=middle[0], lat=middle[1])
    return replace(draft, category=code) if code and is_category(code) else draft


def answered(request: HttpRequest, begun: ReportDraft, form: WordsForm) -> ReportDraft:
    """Keep what the first screen says; files that cannot be taken are named on it, everything else stays."""
    sender = sender_of(request, begun)
    # Before the draft is held: opening files takes seconds, and a second press would hold a thread for them.
    read = read_in(request, "photos", sender, MOST - len(_staying(request, begun)))
    tell(request, read)
    faults = list(read.faults)
    with held(request, begun) as draft:
        files = _with_files(request, draft, read, faults)
        draft = change(request, draft, files=files, **_said(request, draft))
    hurry = draft.danger in ("yes", "cannot_talk") or bool(draft.heard.emergencies)
    for said in faults:
        if hurry or switches(
            request
        ):  # no file holds up whoever is in danger (P4); it can be added afterwards
            messages.warning(request, said)
        else:
            form.add_error(None, ValidationError(said))
    drop_taken(request, "photos", sender, read.untried)
    return draft


def _with_words_left(given: QueryDict, draft: ReportDraft) -> QueryDict:
    """Return what was sent; an empty field that only did not show what was written leaves it as it is."""
    if given.get("words", "").strip() or not draft.words or is_ordinary(draft):
        return given
    filled = given.copy()
    filled["words"] = draft.words
    return filled


def _said(request: HttpRequest, draft: ReportDraft) -> dict[str, object]:
    """Return words and category; other words than before are sorted anew and asked about anew (P4)."""
    words = _with_words_left(request.POST, draft).get("words", "")[: settings.SHIGE_TEXT_LIMIT]
    same = words.strip() == draft.words.strip()
    kept = draft.category if same or not draft.words.strip() else ""
    picked = request.POST.get("category", kept) if _of_these_words(request, words) else kept
    answers: dict[str, object] = {"words": words, "category": picked if is_category(picked) else ""}
    danger = request.POST.get("danger", "")
    answers["danger"] = danger if danger in ("none", "yes", "cannot_talk") else ""
    return answers if same and answers["danger"] == draft.danger else answers | UNASKED


def _of_these_words(request: HttpRequest, words: str) -> bool:
    """Say whether the categories on the screen were offered for these words, and not for earlier ones."""
    return request.POST.get("offered_for", heard_key(words)) == heard_key(words)


def _with_files(
    request: HttpRequest, draft: ReportDraft, read: Reading, faults: list[str]
) -> tuple[DraftFile, ...]:
    """Return the files of a draft: those that stay, and of the new ones as many as there is room for."""
    staying = _staying(request, draft)
    for file in draft.files:
        if file not in staying:
            drop_file(file)
    added = [write_file(given, draft.key) for given in read.taken]
    together = list({file.name: file for file in (*staying, *added)}.values())
    if len(together) < len(staying) + len(added):
        messages.info(request, _("A picture that was there already is kept only once."))
    for file in together[MOST:]:  # another press had filled the room meanwhile
        drop_file(file)
        faults.append(_("No more files can be added."))
    return tuple(together[:MOST])


def _staying(request: HttpRequest, draft: ReportDraft) -> list[DraftFile]:
    wanted = request.POST.getlist("drop")
    return [file for file in draft.files if file.name not in wanted]
