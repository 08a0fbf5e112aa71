"""Reports while they are being written: each form has its own, and no error, Back or second press loses it.

The key of a draft stands in every form (field ``d``) and link (``?d=``) of the report's pages; the draft
itself lies encrypted in the database and opens only to the browser that began it.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from shige.matters.codes import device_key, tracking_code
from shige.matters.danger import Answers, Danger, Staff, Verdict, decide
from shige.matters.danger.detectors import Heard
from shige.matters.danger.said import listen
from shige.matters.report import Place, Report
from shige.trust.commands.vault import blind_index
from shige.trust.outside_vault import locked_away, taken_out

from ..models import KeptDraft
from .draft_files import DraftFile, drop_file, read_file

FIELD: Final = "d"
"""Name of the field and of the parameter that carry a draft's key."""

STEPS: Final = 3
"""What every report has: what it is about, where it is, a last look. Some have screens between."""

LIFE: Final = timedelta(minutes=30)
"""How long a draft lives that nobody goes on with: the next one at a shared phone must not find it."""

BRIEF_LIFE: Final = timedelta(minutes=5)
"""How long one lives that speaks of danger to persons: whoever it is about may take the phone."""

SENT_LIFE: Final = timedelta(hours=12)
"""How long a form that was sent leads to its receipt when it is sent once more."""

KEY: Final = re.compile(r"[\w-]{20,40}", re.ASCII)
HELD: Final = "drafts"
"""Where the session keeps the secret that opens its drafts."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a report that was sent has led to: the code, and the key of the device that sent it."""

    code: str
    device_key: str


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What has been answered so far, and for one that was sent its receipt."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    words: str = ""
    category: str = ""
    lon: float | None = None
    lat: float | None = None
    building: int | None = None
    entrance: int | None = None
    floor: int | None = None
    room: str = ""
    address: str = ""
    sought: str = ""
    """What was written of the place without a line: the screen of the place looks for it."""
    files: tuple[DraftFile, ...] = ()
    called: bool = False
    no_emergency: bool = False
    unable: bool = False
    """Whether its writer went on because there was no way to call."""
    reviewed: bool = False
    """Whether everything was shown once more: what is changed from there leads back there."""
    danger: Danger = ""
    hurt: bool | None = None
    about_staff: Staff = ""
    police: bool = False
    name: str = ""
    phone: str = ""
    callback: str = ""
    """What was typed of who reports, as it was typed: it is checked when the report is sent."""
    saved: bool = True
    """Whether this browser may list it: not what is sealed, unless its writer asks."""
    touched_at: datetime | None = None
    receipt: Receipt | None = None
    said: str = ""
    """Of one that was sent: what tells whether words are those that it said."""

    @property
    def query(self) -> str:
        """The parameter that names this draft in a link."""
        return f"{FIELD}={self.key}"

    @property
    def sofar(self) -> str:
        """What a form of the report carries along, so that a phone can go on with it without a line.

        Nothing of somebody in danger, of what is sealed, or of a complaint: a phone may be shared (P3, P4).
        """
        safe = self.danger == "none" and self.saved and not (self.hurt or self.called or self.unable)
        if not safe or self.about_staff not in ("", "no") or self.heard.first or self.heard.staff:
            return "{}"
        return json.dumps({"words": self.words, "category": self.category}, ensure_ascii=False)

    @property
    def heard(self) -> Heard:
        """What its words speak of, and what was typed where an address belongs (P3, P4)."""
        return listen(self.words, beside=(self.address, self.sought)).heard

    @property
    def brief(self) -> bool:
        """Whether it speaks of danger to persons, by its words or by what was answered."""
        alarm = self.heard.alarm
        return alarm == "persons" or decide(alarm, self.answers) == Verdict.PERSONS

    @property
    def age(self) -> timedelta:
        """How long ago somebody went on with it; nothing for one that was never kept."""
        return timezone.now() - self.touched_at if self.touched_at else timedelta(0)

    @property
    def answered_alarm(self) -> bool:
        """Whether the screen with the numbers to call was answered."""
        return self.called or self.no_emergency or self.unable

    @property
    def answers(self) -> Answers:
        """Return what was answered about danger and staff."""
        return Answers(self.danger, self.no_emergency, self.hurt, self.about_staff, self.police)

    @property
    def placed(self) -> bool:
        """Whether it is known where it is, or what its writer can say of it."""
        return self.building is not None or (self.lon is not None and self.lat is not None) or self.to_find

    @property
    def to_find(self) -> bool:
        """Whether somebody has to find the place from the words alone."""
        return self.place.only_words

    @property
    def place(self) -> Place:
        """Return where it is, as matters take it."""
        return Place(
            self.lon, self.lat, "wgs84", self.building, self.entrance, self.address, self.floor, self.room
        )

    def file_named(self, name: str) -> DraftFile | None:
        """Return a file of this draft."""
        return next((file for file in self.files if file.name == name), None)

    def report(self, name: str, phone: str) -> Report:
        """Return the finished report."""
        attachments = tuple(each for each in map(read_file, self.files) if each)
        return Report(
            words=self.words,
            place=self.place,
            category=self.category or None,
            name=name,
            phone=phone,
            key=self.key,
            answers=self.answers,
            attachments=attachments,
        )


ANSWERS: Final = frozenset(each.name for each in fields(ReportDraft)) - {
    "key",
    "touched_at",
    "receipt",
    "said",
    "saved",
}
"""What is kept of a draft, and what an earlier version of the program may have kept of it."""


def draft_in(request: HttpRequest, *, fresh: bool = False, hold: bool = False) -> ReportDraft:
    """Return the draft that a form or link names, or an empty one under its key.

    Where none is named it is the one last gone on with, or with ``fresh`` a new one. With ``hold`` nobody
    else changes or sends it before the caller's transaction ends: a second press waits for the first one.
    """
    key, rows = _named(request), _rows(request)
    if not key and fresh:
        return ReportDraft()
    rows = rows.filter(key=key) if key else rows.filter(form=None).order_by("-touched_at")
    row = (rows.select_for_update() if hold else rows).first()
    return _draft(row) if row else ReportDraft(key) if key else ReportDraft()


def drafts_of(request: HttpRequest) -> list[ReportDraft]:
    """Return the unfinished drafts of this browser that are still alive, the latest first."""
    return [_draft(row) for row in _rows(request).filter(form=None).order_by("-touched_at")]


def sender_of(request: HttpRequest, draft: ReportDraft) -> str:
    """Return whose uploads are those of this draft: this browser's, for this draft."""
    return f"draft {_secret(request)} {draft.key}"


def keep(request: HttpRequest, draft: ReportDraft, **answers: Any) -> ReportDraft:
    """Keep further answers to a draft, whatever else was kept meanwhile."""
    with held(request, draft) as latest:
        return change(request, latest, **answers)


@contextmanager
def held(request: HttpRequest, draft: ReportDraft) -> Iterator[ReportDraft]:
    """Hold a draft while it is changed, whether it was kept before or not."""
    with transaction.atomic():
        yield _draft(_locked(request, draft))


def change(request: HttpRequest, draft: ReportDraft, **answers: Any) -> ReportDraft:
    """Keep further answers to a draft that the caller holds; one that was sent stays as it is."""
    if draft.receipt is not None:
        return draft
    grown = replace(draft, **answers, touched_at=timezone.now())
    _rows(request).filter(key=draft.key).update(touched_at=grown.touched_at, **_kept(grown))
    return grown


def finish(request: HttpRequest, draft: ReportDraft, form: bytes, *, saved: bool = True) -> ReportDraft:
    """Let go of a draft that the caller holds and has sent: its key now leads to the receipt of ``form``."""
    said = {"vault_key": None, "sealed": bytes.fromhex(said_by(draft.key, draft.words))}
    sent = {"saved": saved, "form": form, "touched_at": timezone.now()}
    _rows(request).filter(key=draft.key).update(**sent, **said)
    _drop_files(draft)
    return ReportDraft(draft.key, touched_at=timezone.now(), receipt=_receipt(form), saved=saved)


def said_by(key: str, words: str) -> str:
    """Return what tells words of a draft from other ones, and does not tell the words."""
    return blind_index("draft", f"{key}\0{words.strip()}").hex()


def discard(request: HttpRequest, draft: ReportDraft) -> None:
    """Drop a draft and its files."""
    _rows(request).filter(key=draft.key, form=None).delete()
    _drop_files(draft)


def discard_all(request: HttpRequest) -> None:
    """Drop every draft of this browser with its files, the traces of what it sent, and what opens them."""
    secret = request.session.pop(HELD, "")
    for row in KeptDraft.objects.filter(owner=_owner(secret)):
        _drop_files(_draft(row))
        row.delete()


def forget_receipt(request: HttpRequest, code: str) -> None:
    """Let no form of this browser lead to the receipt with this code any more."""
    for row in _rows(request).exclude(form=None):
        receipt = _draft(row).receipt
        if receipt is not None and receipt.code == code:
            row.delete()


def clear_old_drafts() -> int:
    """Delete the drafts and receipts whose time is over, with their files; return how many (P6)."""
    over = KeptDraft.objects.exclude(_alive())
    for row in over:
        _drop_files(_draft(row))
        row.delete()
    return len(over)


def leading_to(name: str, draft: ReportDraft, *args: str) -> str:
    """Return the address of a page of the report, with the key of the draft.

    Once everything was shown for review, a question that is answered already leads back there.
    """
    answered = {
        "channels:sort": bool(draft.category),
        "channels:place": bool(draft.category) and draft.placed,
    }
    if draft.reviewed and answered.get(name):
        return leading_to("channels:place" if name == "channels:sort" else "channels:contact", draft)
    return f"{reverse(name, args=args)}?{draft.query}"


def _named(request: HttpRequest) -> str:
    given = request.POST.get(FIELD) or request.GET.get(FIELD, "")
    return given if KEY.fullmatch(given) else ""


def _secret(request: HttpRequest) -> str:
    """Return what only the session of this browser knows."""
    if SESSION_KEY not in request.session:
        request.session.set_expiry(0)  # nobody is signed in: it ends with the browser
    return str(request.session.setdefault(HELD, secrets.token_urlsafe(18)))


def _owner(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _rows(request: HttpRequest) -> QuerySet[KeptDraft]:
    secret = request.session.get(HELD)
    if not secret:
        return KeptDraft.objects.none()
    return KeptDraft.objects.filter(_alive(), owner=_owner(secret))


def _alive() -> Q:
    now = timezone.now()
    writing = Q(touched_at__gte=now - LIFE) & ~Q(brief=True, touched_at__lt=now - BRIEF_LIFE)
    told = Q(touched_at__gte=now - SENT_LIFE) & ~Q(saved=False, touched_at__lt=now - LIFE)
    return (Q(form=None) & writing) | (Q(form__isnull=False) & told)


def _locked(request: HttpRequest, draft: ReportDraft) -> KeptDraft:
    """Return the row of a draft under its lock; it is made where there is none."""
    owner = _owner(_secret(request))
    rows = _rows(request).filter(key=draft.key).select_for_update()
    row = rows.first()
    if row is None:
        KeptDraft.objects.exclude(_alive()).filter(owner=owner, key=draft.key).delete()
        fresh = KeptDraft(owner=owner, key=draft.key, touched_at=timezone.now(), **_kept(draft))
        KeptDraft.objects.bulk_create([fresh], ignore_conflicts=True)
        row = rows.get()
    return row


def _draft(row: KeptDraft) -> ReportDraft:
    if row.form is not None:
        receipt, said = _receipt(bytes(row.form)), bytes(row.sealed).hex()
        return ReportDraft(row.key, touched_at=row.touched_at, receipt=receipt, said=said, saved=row.saved)
    answers = _opened(row)
    files = tuple(DraftFile(**file) for file in answers.pop("files", ()))
    return ReportDraft(row.key, files=files, touched_at=row.touched_at, **answers)


def _kept(draft: ReportDraft) -> dict[str, Any]:
    """Return the columns of a draft: its answers encrypted, and what says how long it may live."""
    answers = {name: value for name, value in asdict(draft).items() if name in ANSWERS}
    vault_key, sealed = locked_away(json.dumps(answers).encode(), f"draft {draft.key}")
    return {"brief": draft.brief, "vault_key_id": vault_key, "sealed": sealed}


def _opened(row: KeptDraft) -> dict[str, Any]:
    """Return what was answered, of that what this version of the program asks for."""
    if row.vault_key_id is None:
        return {}  # sent: its answers are kept no longer
    held = json.loads(taken_out(row.vault_key_id, bytes(row.sealed), f"draft {row.key}"))
    return {name: value for name, value in held.items() if name in ANSWERS}


def _receipt(form: bytes) -> Receipt:
    return Receipt(tracking_code(form), device_key(form))


def _drop_files(draft: ReportDraft) -> None:
    for file in draft.files:
        drop_file(file)
