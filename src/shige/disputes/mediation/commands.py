"""Mediate a dispute: note, parties, sessions, promises, agreement; and what follows from each (R23, R24)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.language.masking import masked
from shige.matters import clock
from shige.matters.categories import category_of_matter
from shige.matters.filing.checks import NAME_LIMIT
from shige.matters.models import Matter
from shige.matters.workflow.actors import lineage_of_matter, working_as
from shige.matters.workflow.commands.steps import acting_post, changed, lock_matter
from shige.matters.workflow.workflows import DISPUTE
from shige.trust.commands import erase, forget, seal, seal_all
from shige.trust.form_text import filled
from shige.trust.gate import Viewer
from shige.trust.telephone_field import telephone

from ..models.mediation import IN_MEDIATION, Mediation, MediationNote, MediationSession, Party, PromisedStep
from .mediators import co_mediators

TEXT_LIMIT, LINE_LIMIT, WORDS_LIMIT = 4000, 80, 200


@dataclass(frozen=True, slots=True)
class PartyIn:
    """Somebody of the dispute: side, how they are called, telephone if they gave one."""

    side: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SessionIn:
    """A session as it was held; ``helpers`` are posts of ``helping.co_mediators``."""

    held_at: datetime
    where: str
    result: str
    helpers: Sequence[int] = ()
    others: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseIn:
    """A promised step: which side, what, by when."""

    who: str
    what: str
    due: date


def refuse_unmediated(matter: Matter) -> None:
    """Refuse to mediate what is no dispute, and what must never be mediated whatever it was sorted as (P4).

    Raises
    ------
    ValidationError
        It is either.
    """
    if matter.sealed or category_of_matter(matter).never_mediate:
        raise ValidationError(
            _(
                "Violence, harm to children and danger to life are never mediated: "
                "the emergency number first, then the competent department."
            ),
            code="never_mediate",
        )
    if matter.kind != DISPUTE:
        raise ValidationError(_("This matter is no dispute."), code="no_dispute")


@transaction.atomic
def add_to_note(viewer: Viewer, number: str, text: str) -> MediationNote:
    """Add to the running note; it is sealed at once and opens on record only."""
    matter, mediation = _mediated(viewer, number)
    said = filled("text", text, TEXT_LIMIT, keep_numbers=True)
    made = MediationNote.objects.create(
        mediation=mediation,
        handle=seal("mediation.note", said),
        at=clock.now(),
        post_id=acting_post(viewer, matter),
        person_id=viewer.person,
    )
    changed(viewer, "mediation.noted", matter)
    return made


@transaction.atomic
def add_party(viewer: Viewer, number: str, given: PartyIn) -> Party:
    """Add somebody to the dispute; name and telephone go to the vault.

    Raises
    ------
    ValidationError
        By field: no name, or a telephone that is none.
    """
    matter, mediation = _mediated(viewer, number)
    personal = {"mediation.name": filled("name", given.name, NAME_LIMIT, keep_numbers=True)}
    if phone := telephone(given.phone):
        personal["mediation.phone"] = phone
    handles = seal_all(personal)
    made = Party.objects.create(
        mediation=mediation,
        side=given.side,
        name_handle=handles["mediation.name"],
        phone_handle=handles.get("mediation.phone"),
    )
    changed(viewer, "mediation.party_added", matter)
    return made


@transaction.atomic
def remove_party(viewer: Viewer, number: str, pk: int) -> None:
    """Take somebody out of the dispute; what was sealed of them is deleted for good."""
    matter, mediation = _mediated(viewer, number)
    party = mediation.parties.filter(pk=pk).first()
    if party is None:
        raise PermissionDenied("no such party")
    handles: list[uuid.UUID] = [handle for handle in (party.name_handle, party.phone_handle) if handle]
    party.delete()
    erase(viewer, handles, lineage_of_matter(matter))
    changed(viewer, "mediation.party_removed", matter)


@transaction.atomic
def hold_session(viewer: Viewer, number: str, given: SessionIn) -> MediationSession:
    """Write a session down.

    Raises
    ------
    ValidationError
        By field: it lies ahead, has no place, or names a post that is not of the team there.
    """
    matter, mediation = _mediated(viewer, number)
    if given.held_at > clock.now():
        raise ValidationError({"held_at": _("A session is written down once it was held.")})
    known = {post.pk for post in co_mediators(matter)}
    if not known.issuperset(given.helpers):
        raise ValidationError({"helpers": _("This post is not of the team at this place.")})
    made = MediationSession.objects.create(
        mediation=mediation,
        held_at=given.held_at,
        where=filled("where", given.where, LINE_LIMIT),
        post_id=acting_post(viewer, matter),
        person_id=viewer.person,
        others=masked(given.others.strip())[:LINE_LIMIT],
        result=given.result,
        next_on=given.next_on,
    )
    made.helpers.set(given.helpers)
    changed(viewer, "mediation.session_held", matter)
    return made


@transaction.atomic
def promise(viewer: Viewer, number: str, given: PromiseIn) -> PromisedStep:
    """Write down what a side has promised; it names nobody."""
    matter, mediation = _mediated(viewer, number)
    made = PromisedStep.objects.create(
        mediation=mediation, who=given.who, what=filled("what", given.what, WORDS_LIMIT), due=given.due
    )
    changed(viewer, "mediation.promised", matter)
    return made


@transaction.atomic
def promise_kept(viewer: Viewer, number: str, pk: int) -> PromisedStep:
    """Note that a promised step was taken."""
    matter, mediation = _mediated(viewer, number)
    made = mediation.promises.filter(pk=pk, done_at=None).first()
    if made is None:
        raise PermissionDenied("no such step")
    made.done_at = clock.now()
    made.save(update_fields=["done_at"])
    changed(viewer, "mediation.promise_kept", matter)
    return made


@transaction.atomic
def write_agreement(viewer: Viewer, number: str, text: str) -> Mediation:
    """Write the agreement's text, in place of an earlier one, which is deleted."""
    matter, mediation = _mediated(viewer, number)
    said = filled("text", text, TEXT_LIMIT, keep_numbers=True)
    if mediation.agreement_handle:
        forget(viewer, [mediation.agreement_handle], lineage_of_matter(matter))
    mediation.agreement_handle = seal("mediation.agreement", said)
    mediation.save(update_fields=["agreement_handle"])
    changed(viewer, "mediation.agreement_written", matter)
    return mediation


def _mediated(viewer: Viewer, number: str) -> tuple[Matter, Mediation]:
    """Lock a dispute that ``viewer`` handles and return it with its record, made with its first entry."""
    matter = lock_matter(viewer, number)
    if not working_as(viewer, matter):
        raise PermissionDenied("only whoever handles the dispute writes its record")
    refuse_unmediated(matter)
    if matter.state not in IN_MEDIATION:
        raise ValidationError(_("Take the dispute in hand first; a closed one has no more entries."))
    return matter, Mediation.objects.get_or_create(matter=matter)[0]
