"""The record of a dispute as its page shows it: handles only, nothing in the clear (R24)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from shige.matters import clock
from shige.matters.categories import category_of_matter
from shige.matters.models import Matter
from shige.matters.workflow.actors import may_open, reads_words, seen_by, working_as
from shige.matters.workflow.workflows import DISPUTE
from shige.trust.gate import Viewer
from shige.trust.models import Post

from ..models.mediation import IN_MEDIATION, Mediation, MediationSession
from .mediators import co_mediators

SIDES = {
    "first": _("first party"),
    "second": _("second party"),
    "further": _("further party"),
    "witness": _("witness"),
    "both": _("both parties"),
    "office": _("the office"),
}
RESULTS = {
    "agreed": _("they agree"),
    "closer": _("closer together"),
    "not_yet": _("not agreed yet"),
    "absent": _("one side did not come"),
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session."""

    held_at: datetime
    where: str
    mediator: str
    helpers: tuple[str, ...]
    others: str
    result: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promised step."""

    pk: int
    who: str
    what: str
    due: date
    done_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party without name."""

    pk: int
    side: str
    has_phone: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Everything of a mediation that is not sealed, and what ``viewer`` may do with it."""

    number: str
    state: str
    parties: tuple[PartyLine, ...]
    sessions: tuple[SessionLine, ...]
    promises: tuple[PromiseLine, ...]
    notes: int
    noted_at: datetime | None
    agreement: bool
    agreed_at: datetime | None
    account: str
    handed_at: datetime | None
    may_write: bool
    may_open: bool
    reads_words: bool
    helpers: tuple[Post, ...]


def record_of(viewer: Viewer, matter: Matter) -> Record | None:
    """Return the record of a dispute that ``viewer`` sees; None for what is no dispute (P4)."""
    if matter.kind != DISPUTE or category_of_matter(matter).never_mediate:
        return None
    mediation = Mediation.objects.filter(matter=matter).first()
    works_on_it = bool(working_as(viewer, matter))
    may_write = works_on_it and matter.state in IN_MEDIATION
    notes = list(mediation.notes.order_by("pk").values_list("at", flat=True)) if mediation else []
    return Record(
        number=matter.number,
        state=matter.state,
        parties=_parties(mediation),
        sessions=_sessions(mediation),
        promises=_promises(mediation),
        notes=len(notes),
        noted_at=notes[-1] if notes else None,
        agreement=bool(mediation and mediation.agreement_handle),
        agreed_at=mediation.agreed_at if mediation else None,
        account=mediation.account if mediation else "",
        handed_at=mediation.handed_at if mediation else None,
        may_write=may_write,
        may_open=may_open(viewer, matter),
        reads_words=reads_words(viewer),
        helpers=tuple(co_mediators(matter)) if may_write else (),
    )


def dispute_seen(viewer: Viewer, number: str) -> tuple[Matter, Record] | None:
    """Return a dispute by its number with its record, if ``viewer`` sees it."""
    matter = Matter.objects.filter(seen_by(viewer), number=number).select_related("leaf", "owner").first()
    record = record_of(viewer, matter) if matter else None
    return (matter, record) if matter and record else None


def sealed_in(matter: Matter) -> list[UUID]:
    """Return the handles of what a dispute's record keeps in the vault, to say who has opened it (P5)."""
    mediation = Mediation.objects.filter(matter=matter).first() if matter.kind == DISPUTE else None
    if mediation is None:
        return []
    people = [pair for row in mediation.parties.values_list("name_handle", "phone_handle") for pair in row]
    notes = mediation.notes.values_list("handle", flat=True)
    return [handle for handle in (mediation.agreement_handle, *people, *notes) if handle]


def _parties(mediation: Mediation | None) -> tuple[PartyLine, ...]:
    found = mediation.parties.order_by("side", "pk") if mediation else []
    return tuple(PartyLine(p.pk, str(SIDES[p.side]), p.phone_handle is not None) for p in found)


def _sessions(mediation: Mediation | None) -> tuple[SessionLine, ...]:
    if mediation is None:
        return ()
    found = MediationSession.objects.filter(mediation=mediation).select_related("post", "person")
    return tuple(
        SessionLine(
            held_at=one.held_at,
            where=one.where,
            mediator=_named(one),
            helpers=tuple(post.name for post in one.helpers.all()),
            others=one.others,
            result=str(RESULTS[one.result]),
            next_on=one.next_on,
        )
        for one in found.prefetch_related("helpers").order_by("held_at", "pk")
    )


def _named(session: MediationSession) -> str:
    names = (session.post.name if session.post else "", session.person.service_name if session.person else "")
    return " · ".join(name for name in names if name)


def _promises(mediation: Mediation | None) -> tuple[PromiseLine, ...]:
    today = localdate(clock.now())
    found = mediation.promises.order_by("due", "pk") if mediation else []
    return tuple(
        PromiseLine(p.pk, str(SIDES[p.who]), p.what, p.due, p.done_at, p.done_at is None and p.due < today)
        for p in found
    )
