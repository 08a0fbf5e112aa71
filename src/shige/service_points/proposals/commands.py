"""Propose a use for idle space, and answer so that everybody reads it (R13, P6, P7)."""

from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.matters import clock
from shige.matters.codes import form_digest
from shige.matters.handling.commands.contact import roles_of
from shige.trust.commands import record, reveal, seal
from shige.trust.commands.vault import blind_index
from shige.trust.form_text import without_persons
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.telephone_field import telephone

from ..facts import ProposalChanged
from ..models import Proposal, ServicePoint
from ..points.commands import kept_point

WORDS_LIMIT: Final = 200
CONTACT: Final = "proposal.phone"
MOST_WAITING: Final = 5
"""Of one address at one point; behind it may be a whole house."""

LOCK: Final = 0x1D1E
"""Key of the advisory lock under which waiting proposals are counted."""


def idle_kinds() -> frozenset[str]:
    """Return the codes of the kinds of which nobody has decided what they become."""
    return frozenset(kind.code for kind in profile().service_points if kind.idle)


@transaction.atomic
def propose(
    viewer: Viewer, pk: int, words: str, phone: str = "", key: str = "", address: str = ""
) -> Proposal:
    """Propose a use for idle space; the same form (``key``) sent twice proposes once.

    Raises
    ------
    PermissionDenied
        There is no such idle space.
    ValidationError
        By field: nothing is said, or a person, a number or a door stands in it; no telephone; or too many
        of this address wait.
    """
    digest = form_digest(key, "proposal", str(pk)) if key else None
    before = Proposal.objects.filter(form_digest=digest).first() if digest else None
    if before is not None:
        return before
    point = ServicePoint.objects.filter(pk=pk, ended_on=None, kind__in=idle_kinds()).first()
    if point is None:
        raise PermissionDenied("no such idle space")
    said, phone = without_persons("words", words, limit=WORDS_LIMIT), telephone(phone)
    sender = blind_index("proposal.sender", address) if address else None
    with connection.cursor() as cursor:  # two at once are counted one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    waiting = Proposal.objects.filter(point=point, sender=sender, state=Proposal.State.WAITING)
    if sender and waiting.count() >= MOST_WAITING:
        raise ValidationError(_("From your connection several proposals wait already for an answer."))
    made = Proposal.objects.create(
        point=point,
        words=said,
        phone_handle=seal(CONTACT, phone) if phone else None,
        sender=sender,
        form_digest=digest,
        proposed_at=clock.now(),
    )
    _note(viewer, made, 1)
    return made


@transaction.atomic
def answer(viewer: Viewer, pk: int, proposal: int, words: str, *, adopted: bool) -> Proposal:
    """Answer a proposal: it is adopted and what becomes of it, or not and why. Everybody reads it.

    Raises
    ------
    ValidationError
        No words are given, they point to a person, or it was answered already.
    """
    point = kept_point(viewer, pk)
    held = Proposal.objects.select_for_update().filter(point=point, pk=proposal).first()
    if held is None:
        raise PermissionDenied("no such proposal here")
    if held.state != Proposal.State.WAITING:
        raise ValidationError(_("This proposal was answered already."))
    held.answer = without_persons("words", words, limit=WORDS_LIMIT)
    held.state = Proposal.State.ADOPTED if adopted else Proposal.State.DECLINED
    held.answered_at, held.sender = clock.now(), None
    held.save()
    _note(viewer, held, 2)
    return held


def open_phone(viewer: Viewer, pk: int, proposal: int) -> str:
    """Open the telephone of whoever proposed, on record; empty where none is kept (P7)."""
    with transaction.atomic():
        point = kept_point(viewer, pk)
        held = Proposal.objects.filter(point=point, pk=proposal).first()
    if held is None:
        raise PermissionDenied("no such proposal here")
    if held.phone_handle is None:
        return ""
    with override(profile().language):
        why = _("to talk the proposal over")
    opened = reveal(viewer, [held.phone_handle], why, role=roles_of(viewer), lineage=point.lineage)
    return opened.get(held.phone_handle, "")


def _note(viewer: Viewer, held: Proposal, version: int) -> None:
    fact = ProposalChanged(point=held.point_id, state=held.state)
    record(viewer, f"proposal.{held.state}", "proposal", held.pk, version, held.point.lineage, fact)
