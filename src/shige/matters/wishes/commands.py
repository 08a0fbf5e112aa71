"""Micro-wishes: publish one without identity, claim it, make contact, offer it again, withdraw it (R12)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.language.masking import masked
from shige.language.persons import person_in
from shige.profile import Transition
from shige.trust.commands import erase, seal_all
from shige.trust.commands.vault import blind_index, handles_of
from shige.trust.erasures import digest_of, note_erasures
from shige.trust.form_text import filled
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.telephone_field import telephone

from .. import clock
from ..codes import code_digest, form_digest, tracking_code
from ..danger.said import listen
from ..filing.checks import NAME_LIMIT
from ..models import Claim, Matter
from ..own_data.commands.retention import unsay
from ..sealing.commands.later_words import say_in
from ..workflow.actors import lineage_of_matter
from ..workflow.commands.steps import NOTE_LIMIT, advance, authorise, tell_owner, tell_reporter
from ..workflow.own_words import said_by
from ..workflow.workflows import CLAIMANT_SAYS, WISH, check, possible, workflow_of
from .ending import end_claim

GROUP_LIMIT = 80

BY_TELEPHONE, BY_ADDRESS = 3, 6
"""Claims that may wait for contact at once from one address, behind which a whole neighbourhood may be, and
of one telephone from there: whoever makes names and numbers up does not empty the list."""

LOCK: Final = 0x5157
"""Key of the advisory lock under which waiting claims are counted."""

ERASED: Final = "claim"
"""The kind of a claim that was withdrawn, on the list of what was deleted."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims: a neighbour by name and telephone, or an organisation with somebody to call."""

    name: str
    phone: str
    group: str = ""


@transaction.atomic
def publish(viewer: Viewer, number: str, words: str) -> Matter:
    """Put a wish on offer in the office's own words; they name nobody.

    Raises
    ------
    ValidationError
        The words hold a telephone or ID number, or point to a person.
    """
    matter, transition = authorise(viewer, number, "publish")
    if masked(words) != words:
        raise ValidationError({"note": _("The public words hold a telephone or ID number. Leave it out.")})
    if found := person_in(words):
        said = _("“%(part)s” points to a person. Everybody reads it: leave it out.")
        raise ValidationError({"note": said % {"part": found}})
    answered = matter.responded_at or clock.now()
    return advance(viewer, matter, transition, words, gist=words.strip(), responded_at=answered)


@transaction.atomic
def decline(viewer: Viewer, number: str, reason: str) -> Matter:
    """Do not publish a wish, or take it off again; whoever wished reads why."""
    matter, transition = authorise(viewer, number, "decline")
    return advance(viewer, matter, transition, reason, closed_at=clock.now())


@transaction.atomic
def claim(viewer: Viewer, number: str, claimant: Claimant, key: str = "", address: str = "") -> str:
    """Claim a wish on offer and return the code by which the claimant follows it.

    The office brings both together within the days of the profile. The same form (``key``) sent twice claims
    once. ``address`` is that of the sender.

    Raises
    ------
    PermissionDenied
        There is no such wish.
    ValidationError
        By field: no name, no telephone that can be called; or somebody else was quicker; or too many claims
        of this telephone or address wait for contact.
    """
    given = _checked(claimant)
    code = claim_code(key, number)
    if Claim.objects.filter(code_digest=code_digest(code)).exists():
        return code
    matter = Matter.objects.select_for_update(of=("self",)).filter(number=number, kind=WISH).first()
    if matter is None or matter.gist == "":
        raise PermissionDenied("no such wish")
    transition = check("claim", matter)
    sender = blind_index("wish.sender", address) if address else None
    if viewer.person is None:  # whoever is signed in is known, and an organisation adopts many
        _refuse_many(given.phone, sender)
    handles = seal_all({"wish.name": given.name, "wish.phone": given.phone})
    moment = clock.now()
    Claim.objects.create(
        matter=matter,
        code_digest=code_digest(code),
        person_id=viewer.person,
        group=given.group,
        name_handle=handles["wish.name"],
        phone_handle=handles["wish.phone"],
        sender=sender,
        claimed_at=moment,
        contact_by=moment + timedelta(days=profile().feedback.wish_contact_days),
    )
    advance(viewer, matter, transition)
    tell_owner("wish.claimed", matter)
    return code


def _refuse_many(phone: str, sender: bytes | None) -> None:
    """Refuse a claim from an address, or of a telephone from there, of which enough wait for contact.

    What others claim with a telephone is not counted: that would tell of them, and shut them out.
    """
    with connection.cursor() as cursor:  # two at once are counted one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    waiting = Claim.objects.filter(matter__open=True, ended_at=None, contacted_at=None, sender=sender)
    by_phone = waiting.filter(phone_handle__in=handles_of("wish.phone", phone)).count()
    by_address = waiting.count() if sender else 0
    if by_phone >= BY_TELEPHONE or by_address >= BY_ADDRESS:
        said = _(
            "From this telephone or connection several wishes already wait for the office to bring you "
            "together. Once it has called you can take on another one, or call the office."
        )
        raise ValidationError(said)


@transaction.atomic
def withdraw_claim(viewer: Viewer, code: str) -> None:
    """Take a claim back before the wish is fulfilled: it is offered again, name and telephone are forgotten.

    Raises
    ------
    PermissionDenied
        Nobody claimed by this code.
    ValidationError
        The claim has ended, or the wish is reported as fulfilled.
    """
    take_back(viewer, _claim_of(code))


def take_back(viewer: Viewer, held: Claim) -> None:
    """Take back a claim, locked by whoever may do so; errors as with ``withdraw_claim``."""
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=held.matter_id)
    if held.ended_at is not None:
        raise ValidationError(_("This claim has ended already."))
    transition = check("offer_again", matter)
    _end_claim(viewer, matter, transition)
    _forget_claimant(viewer, held, matter)
    tell_owner("wish.claim_withdrawn", matter)


def erase_again(viewer: Viewer, digests: Collection[str]) -> int:
    """Take back, after a restore, the claims that had been withdrawn since the backup; return how many."""
    claims = Claim.objects.exclude(code_digest=None).select_related("matter")
    found = [claim for claim in claims if digest_of(ERASED, _listed(claim)) in digests]
    offering = workflow_of(WISH).transition("offer_again")
    for claim in found:
        matter = claim.matter
        if claim.ended_at is None and possible(offering, matter):
            _end_claim(viewer, matter, offering)
        _forget_claimant(viewer, claim, matter)
    return len(found)


def _forget_claimant(viewer: Viewer, claim: Claim, matter: Matter) -> None:
    """Delete who claimed and what they said, for good."""
    said = said_by(claim)
    handles = [claim.name_handle, claim.phone_handle, *said.values_list("words_handle", flat=True)]
    erase(viewer, [handle for handle in handles if handle], lineage_of_matter(matter))
    note_erasures(ERASED, [_listed(claim)])
    unsay(said)
    Claim.objects.filter(pk=claim.pk).update(group="")


def _listed(claim: Claim) -> str:
    """Return the name of a claim on the list: the hash of a code that nobody can guess."""
    return bytes(claim.code_digest or b"").hex()


@transaction.atomic
def say_as_claimant(viewer: Viewer, code: str, words: str) -> None:
    """Tell the office something about a claim in force; errors as with ``withdraw_claim``."""
    held = _claim_of(code)
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=held.matter_id)
    if held.ended_at is not None or not matter.open:
        raise ValidationError(_("This claim has ended already."))
    typed = filled("reason", words, NOTE_LIMIT, keep_numbers=True)
    events = "matter.claimant_said", "wish.claimant_says"
    say_in(viewer, matter, held, CLAIMANT_SAYS, typed, events=events)


def claim_code(key: str, number: str) -> str:
    """Return the code of a claim; the same form has the same one."""
    return tracking_code(form_digest(key, "claim", number) if key else None)


def _claim_of(code: str) -> Claim:
    found = Claim.objects.select_for_update(of=("self",)).filter(code_digest=code_digest(code)).first()
    if found is None:
        raise PermissionDenied("unknown code")
    return found


@transaction.atomic
def contacted(viewer: Viewer, number: str, agreed: str) -> Matter:
    """Note that both were brought together, and what was agreed."""
    matter, transition = authorise(viewer, number, "contact")
    matter.claims.filter(ended_at=None).update(contacted_at=clock.now(), sender=None)
    return advance(viewer, matter, transition, agreed)


@transaction.atomic
def offer_again(viewer: Viewer, number: str) -> Matter:
    """End a claim that comes to nothing; the wish is on offer again, and the page says for which time."""
    matter, transition = authorise(viewer, number, "offer_again")
    return _end_claim(viewer, matter, transition)


def offer_cold_claims(viewer: Viewer) -> int:
    """Offer again what was claimed without contact in time; return how many. Each is its own transaction."""
    if not viewer.system:
        raise PermissionDenied("only the program itself offers cold claims again")
    cold = Claim.objects.filter(ended_at=None, contacted_at=None, contact_by__lt=clock.now())
    return sum(_offer_cold(viewer, pk) for pk in list(cold.values_list("matter", flat=True)))


@transaction.atomic
def _offer_cold(viewer: Viewer, pk: int) -> int:
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=pk)
    still = matter.claims.filter(ended_at=None, contacted_at=None, contact_by__lt=clock.now()).exists()
    if matter.state != "claimed" or not still:
        return 0
    _end_claim(viewer, matter, check("offer_again", matter))
    return 1


def _end_claim(viewer: Viewer, matter: Matter, transition: Transition) -> Matter:
    end_claim(matter)
    advance(viewer, matter, transition)
    tell_reporter("wish.offered_again", matter)
    return matter


def _checked(claimant: Claimant) -> Claimant:
    name, group = trimmed(claimant.name), trimmed(claimant.group)
    wrong: dict[str, str] = {}
    if not name or len(name) > NAME_LIMIT:
        wrong["name"] = _("Please say how to address you, in at most %(count)d characters.") % {
            "count": NAME_LIMIT
        }
    phone, said = "", _("Please leave a telephone number, so that the office can bring you together.")
    try:
        phone = telephone(claimant.phone)
    except ValidationError as error:
        said = error.messages[0]
    if not phone:
        wrong["phone"] = said
    if len(group) > GROUP_LIMIT:
        wrong["group"] = _("At most %(count)d characters.") % {"count": GROUP_LIMIT}
    elif listen(group).sealed:
        wrong["group"] = _("Please write the name of the organisation alone.")
    if wrong:
        raise ValidationError(wrong)
    return Claimant(name, phone, group)
