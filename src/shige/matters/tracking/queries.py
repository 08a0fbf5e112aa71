"""A matter as its reporter sees it, by the tracking code; the words only on the device that filed them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shige.files.handover import Served
from shige.profile import GUARDED
from shige.trust.handles import still_kept
from shige.trust.journal_facts import read_fact
from shige.trust.jurisdiction import language
from shige.trust.models import JournalEntry

from ..assignment.offices import office_of
from ..categories import AT_ONCE, category_name, due_at_once, may_be_public
from ..codes import code_digest, digest
from ..facts import MatterFiled
from ..file_names import served
from ..models import Matter, Photo, Step
from ..sealing.plain_words import plain_words
from ..workflow.proof import Proof, proof_of
from ..workflow.relayed import is_known_to_concerned
from ..workflow.workflows import RECUSED, meaning_of, possible, shown_label, state_label, workflow_of


@dataclass(frozen=True, slots=True)
class Progress:
    """One step in the reporter's words; inside the office only what the table shows is told."""

    action: str
    label: str
    when: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the page behind a code shows. ``words``, ``place``, its door and ``photos`` are empty elsewhere.

    ``joined`` is somebody else's matter, ``merged`` one that another one goes on with, ``hidden`` a joined
    one of which nothing more may be told. ``answers`` are what the reporter may do now and what each asks to
    be said, ``names`` their words in this kind of matter. ``office`` is the office in charge, ``post`` its
    post. ``phase`` is what the office's clock does in this state; ``result`` are the steps that told the
    result, from the last one that did. What is not ``timed`` has no dates; ``ahead`` are then the words for
    the states that still come. ``in_danger`` says that somebody may be, while nobody trained has looked;
    ``doubted`` that its writer had said of an alarm that there is none, and nothing else seals it.
    """

    number: str
    category: str
    state: str
    state_label: str
    meaning: str
    grid: str
    grid_code: str
    post: str
    office: str
    office_telephone: str
    phase: str
    result: tuple[Progress, ...]
    place: str
    reported_at: datetime
    respond_by: datetime
    resolve_by: datetime
    responded_at: datetime | None
    solved_at: datetime | None
    confirm_by: datetime | None
    approximate: bool
    rating: int | None
    answers: Mapping[str, str]
    names: Mapping[str, str]
    question: str
    extended: bool
    stopped_at: datetime | None
    steps: tuple[Progress, ...]
    same_device: bool
    words: str
    photos: tuple[Photo, ...]
    joined: bool = False
    merged: bool = False
    hidden: bool = False
    phone_left: bool = False
    may_text: bool = False
    sealed: bool = False
    police: bool = False
    entrance: int | None = None
    floor: int | None = None
    room_left: bool = False
    proof: Proof = ""
    look_by: datetime | None = None
    timed: bool = True
    ahead: tuple[str, ...] = ()
    in_danger: bool = False
    doubted: bool = False

    @property
    def at_once(self) -> bool:
        """Whether it is answered at once, day and night, and not by a date."""
        return self.respond_by <= self.reported_at


def as_reported(matter: Matter, device_key: str) -> Tracked:
    """Return a matter (leaf and owner loaded) as its reporter sees it."""
    same = is_device(matter, device_key)
    photos = matter.photos.order_by("pk") if same else ()
    leaf, office, steps = matter.leaf, office_of(matter.owner), _progress(matter)
    in_danger, doubted = _why_sealed(matter)
    return Tracked(
        number=matter.number,
        category=title_of(matter),
        state=matter.state,
        state_label=state_label(matter.kind, matter.state),
        meaning=meaning_of(matter.kind, matter.state),
        grid=leaf.name if leaf else "",
        grid_code=leaf.code if leaf else "",
        post=matter.owner.name,
        office=office.name,
        office_telephone=office.telephone,
        phase=_phase(matter),
        result=result_in(matter, steps),
        place=matter.place if same else "",
        reported_at=matter.reported_at,
        respond_by=matter.respond_by,
        resolve_by=matter.resolve_by,
        responded_at=matter.responded_at,
        solved_at=matter.solved_at,
        confirm_by=matter.confirm_by,
        approximate=matter.approximate,
        rating=matter.rating,
        answers=open_answers(matter),
        names=_names(matter),
        question=_question(matter),
        extended=matter.extensions > 0,
        stopped_at=matter.stopped_at if matter.open and matter.state == Matter.State.WAITING else None,
        steps=steps,
        same_device=same,
        words=matter.words if same else "",
        photos=tuple(photos),
        sealed=matter.sealed > 0,
        police=matter.kind == GUARDED and matter.tier == AT_ONCE,
        proof=proof_of(matter),
        look_by=_look_by(matter),
        timed=workflow_of(matter.kind).timed,
        ahead=_ahead(matter),
        in_danger=in_danger,
        doubted=doubted,
        entrance=matter.entrance if same else None,
        floor=matter.floor if same else None,
        room_left=same and bool(still_kept([matter.room_handle])),
        may_text=same and bool(still_kept([matter.phone_handle])) and may_be_public(matter),
    )


def _look_by(matter: Matter) -> datetime | None:
    """Return by when trained staff look at what waits for them; None where they do at once, or did."""
    waits = matter.kind == GUARDED and matter.state == Matter.State.NEW and not due_at_once(matter)
    return matter.respond_by if waits else None


def _why_sealed(matter: Matter) -> tuple[bool, bool]:
    """Say, while nobody trained has looked, whether somebody may be in danger and whether it is only doubted.

    Only what was sealed when it was filed because it may be about staff, and to which nothing was added
    since, is known to be no danger (P4).
    """
    if matter.kind != GUARDED or matter.state != Matter.State.NEW:
        return False, False
    filed = JournalEntry.objects.filter(verb="matter.filed", object_id=str(matter.pk)).first()
    told = read_fact(filed) if filed else None
    if not isinstance(told, MatterFiled) or matter.steps.exclude(words_handle=None).exists():
        return True, False
    return not told.staff_only, told.doubted


def _ahead(matter: Matter) -> tuple[str, ...]:
    """Return the words for the states that still come, in the order of a table without dates."""
    table = workflow_of(matter.kind)
    if table.timed or not matter.open:
        return ()
    codes = [state.code for state in table.states]
    return tuple(state_label(matter.kind, code) for code in codes[codes.index(matter.state) + 1 :])


def title_of(matter: Matter) -> str:
    """Return what a matter is called to its reporter: of a sealed one a screen must not say what it is."""
    return _("A sealed matter") if matter.sealed else category_name(matter.category)


def _label(matter: Matter, step: Step) -> str:
    """Return a step in the reporter's words; what is due at once and nobody took in minutes says so."""
    untaken = matter.responded_at is None or step.at < matter.responded_at
    if step.action == "overdue" and untaken and due_at_once(matter):
        return pgettext("step", "Nobody had taken it in hand within minutes; the next post up was told")
    if step.action == RECUSED and step.to_post_id:
        return pgettext("step", "The office in charge of it was changed")
    return shown_label(matter.kind, step.action)


def _progress(matter: Matter) -> tuple[Progress, ...]:
    steps = Step.objects.filter(matter=matter).order_by("pk")
    said = ((_label(matter, step), step) for step in steps)
    return tuple(Progress(step.action, label, step.at, _said_in(step)) for label, step in said if label)


def _said_in(step: Step) -> str:
    """Return the words of a step; empty where its reporter wrote none and the program's own stand for it."""
    return "" if step.note and step.note == plain_words(step.action) else step.note


def _phase(matter: Matter) -> str:
    table = workflow_of(matter.kind)
    return table.state(matter.state).phase if table.knows(matter.state) else ""


def result_in(matter: Matter, steps: Sequence[Progress]) -> tuple[Progress, ...]:
    """Return what the office told of the result, while it stands: the last result and what followed it."""
    rows = {row.action: row for row in workflow_of(matter.kind).transitions}
    told = [at for at, step in enumerate(steps) if step.action in rows and rows[step.action].result]
    if matter.solved_at is None or not told:
        return ()
    since = (step for step in steps[told[-1] :] if step.note and step.action in rows)
    return tuple(step for step in since if "reporter" not in rows[step.action].who)


def open_answers(matter: Matter) -> dict[str, str]:
    """Return what the reporter may do now, and what each asks to be said; one that asks nothing is empty."""
    rows = (
        row for row in workflow_of(matter.kind).transitions if "reporter" in row.who and possible(row, matter)
    )
    return {row.action: row.note.in_language(language()) if row.note else "" for row in rows}


def _names(matter: Matter) -> dict[str, str]:
    """Return the words of the table for what its reporter may do in this kind's life."""
    rows = (row for row in workflow_of(matter.kind).transitions if "reporter" in row.who)
    return {row.action: row.name.in_language(language()) for row in rows}


def _question(matter: Matter) -> str:
    """Return what the office has asked and waits for."""
    if matter.state != Matter.State.WAITING:
        return ""
    asked = Step.objects.filter(matter=matter, action="ask").order_by("-pk").values_list("note", flat=True)
    return asked.first() or ""


def is_device(matter: Matter, device_key: str) -> bool:
    """Say whether this key is the one of the device that filed the matter."""
    known = matter.device_digest
    return bool(known and device_key) and compare_digest(bytes(known or b""), digest(device_key))


@dataclass(frozen=True, slots=True)
class Own:
    """One line of the matters that a device has saved."""

    code: str
    category: str
    state: str
    state_label: str
    reported_at: datetime
    resolve_by: datetime


def filed_on(codes: Iterable[str]) -> list[Own]:
    """Return the matters whose codes a device has saved, the newest first; one statement."""
    digests = {code_digest(code): code for code in codes}
    found = Matter.objects.filter(tracking_digest__in=list(digests)).order_by("-pk")
    return [_own(digests[bytes(matter.tracking_digest)], matter) for matter in found]


def _own(code: str, matter: Matter) -> Own:
    if is_known_to_concerned(matter):
        closed, since = pgettext("state", "No longer to be followed"), matter.reported_at
        return Own(code, _("A matter that you registered"), "", closed, since, since)
    state = state_label(matter.kind, matter.state)
    return Own(code, title_of(matter), matter.state, state, matter.reported_at, matter.resolve_by)


def photo_of_device(code: str, device_key: str, name: str, *, small: bool) -> Served | None:
    """Return the file of a photo or PDF for the device that filed the matter."""
    matter = Matter.objects.filter(tracking_digest=code_digest(code)).first()
    if matter is None or not is_device(matter, device_key) or is_known_to_concerned(matter):
        return None
    photo = Photo.objects.filter(matter=matter, file=name).first()
    return served(photo, matter.number, small=small) if photo else None
