"""Invite, declare, confirm; open a contact; change and withdraw: each by whom it concerns (R11, P5, P7)."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.redline.models import Standing
from shige.redline.reach import is_open, may_for, organisation
from shige.territory.lineage import lineage_of
from shige.trust.commands import enqueue, record
from shige.trust.erasures import note_erasures
from shige.trust.form_text import filled
from shige.trust.gate import PUBLIC, Viewer
from shige.trust.models import OutboxMessage
from shige.trust.personal import FIELDS

from .apart import register_open
from .contacts import entry_reached, was_opened_by
from .erasure import LEFT, REPLACED, forget_served, strip, version_name
from .facts import MemberChanged, MembersInvited
from .keys import add_key
from .models import Invitation, Member
from .rules import MOST_PLACES, WAITS, check_offers, deciders, grids_of, homes, invites_still
from .sealing import Contact, code_of, digest, name_hash, opened, seal

TOLD: Final = "members.declared"
REASON_LIMIT: Final = 200
MOST_UNINVITED: Final = 200
"""Declarations without an invitation that may wait at one organisation: nobody floods it with names."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What somebody declares: who they are, where (a grid's code) and with what they serve."""

    name: str
    phone: str
    grid: str
    words: str = ""
    offers: tuple[str, ...] = ()
    monthly: int = 0
    party: bool = True
    reports_home: bool = False
    ready: bool = False


def invite(viewer: Viewer, number: int, places: int, form: str, *, shared: bool = False) -> list[str]:
    """Make invitations to an organisation and return their codes, which are not kept.

    One code for each place, or with ``shared`` one for all of them. The same ``form`` sent once more leads to
    the same codes.

    Raises
    ------
    PermissionDenied
        The organisation is none of those that the viewer invites for.
    ValidationError
        It is closed, or so many cannot be invited at once.
    """
    standing = may_for(viewer, "member.invite", number)
    if standing is None:
        raise PermissionDenied("no organisation of the viewer")
    if not is_open(standing):
        raise ValidationError({"organisation": _("This organisation is closed.")})
    if not 1 <= places <= MOST_PLACES:
        said = _("Please name a number from 1 to %(most)d.")
        raise ValidationError({"places": said % {"most": MOST_PLACES}})
    links = 1 if shared else places
    codes = [code_of("invitation", f"{form} {number} {places} {shared} {nth}") for nth in range(links)]
    # One for all, by which those of one sheet are known; as fine as programs are told it.
    now = timezone.now()
    ends_at = now.replace(microsecond=now.microsecond // 1000 * 1000) + WAITS
    rows = [
        Invitation(
            digest=digest(code),
            organisation=number,
            places=places if shared else 1,
            person=viewer.person,
            ends_at=ends_at,
        )
        for code in codes
    ]
    with transaction.atomic():
        with register_open():
            if Invitation.objects.filter(digest=rows[0].digest).exists():
                return codes
            Invitation.objects.bulk_create(rows, batch_size=1000)
        fact = MembersInvited(organisation=number, places=places, links=links)
        record(viewer, "member.invited", "organisation", number, 1, lineage_of(standing.area), fact)
    return codes


@transaction.atomic
def end_invitations(viewer: Viewer, number: int, ends_at: datetime) -> int:
    """Take back the invitations to an organisation that end at a moment; return how many links they were.

    Raises
    ------
    PermissionDenied
        The organisation is none of those that the viewer invites for.
    """
    standing = may_for(viewer, "member.invite", number)
    if standing is None:
        raise PermissionDenied("no organisation of the viewer")
    with register_open():
        made = Invitation.objects.select_for_update().filter(organisation=number, ends_at=ends_at)
        places = [invitation.places for invitation in made]
        made.delete()
    if places:
        fact = MembersInvited(organisation=number, places=sum(places), links=len(places))
        record(viewer, "member.invitation_ended", "organisation", number, 1, lineage_of(standing.area), fact)
    return len(places)


@transaction.atomic
def declare(code: str, given: Declaration, form: str) -> str:
    """Take in a declaration by an invitation and return the code of the own page, which is not kept.

    The same ``form`` sent once more leads to the same entry.

    Raises
    ------
    ValidationError
        The invitation is over or used up, or something in the declaration does not fit.
    """
    own = code_of("own page", form)
    with register_open():
        known = Member.objects.filter(digest=digest(own)).exists()
        found = Invitation.objects.filter(digest=digest(code), ends_at__gt=timezone.now()).first()
    if known:
        return own
    standing = organisation(found.organisation) if found else None
    over = standing is None or not is_open(standing)
    if found is None or standing is None or over or not invites_still(found.person, found.organisation):
        raise ValidationError(_("This invitation is over. Please ask your organisation for another one."))
    member = _declared(standing, given, own)
    member.person = found.person
    with register_open():
        invitation = Invitation.objects.select_for_update().get(key=found.key)
        if not invitation.places:
            raise ValidationError(_("This invitation was used already."))
        invitation.places -= 1
        invitation.save(update_fields=["places"])
        member.save(force_insert=True)
    note_changed(PUBLIC, "member.declared", member, standing)
    _tell(standing, found.person)
    return own


@transaction.atomic
def report_home(community: str, given: Declaration, form: str) -> str:
    """Take in, without an invitation, who works elsewhere and reports at home (双报到); as ``declare``.

    Raises
    ------
    ValidationError
        The community has no organisation, too many wait there, or something in the declaration does not fit.
    """
    own = code_of("own page", form)
    standing = homes().get(community)
    if standing is None:
        raise ValidationError(_("Please choose a community."))
    with register_open():
        if Member.objects.filter(digest=digest(own)).exists():
            return own
        uninvited = Member.objects.filter(organisation=standing.organisation_id, state=Member.State.DECLARED)
        waiting = uninvited.filter(person=None).count()
    if waiting >= MOST_UNINVITED:
        raise ValidationError(_("Many declarations wait here already. Please ask your organisation."))
    member = _declared(standing, replace(given, reports_home=True), own)
    with register_open():
        member.save(force_insert=True)
    note_changed(PUBLIC, "member.declared", member, standing)
    _tell(standing, None)
    return own


@transaction.atomic
def confirm(viewer: Viewer, key: uuid.UUID) -> bool:
    """Take a declaration into the register, as the second of two people who vouch for it.

    The first is whoever invited. Where nobody did, the first who confirms is, and it waits for another one:
    so nobody puts somebody into the register alone. Return whether it is in the register now.

    Raises
    ------
    PermissionDenied
        There is none of an organisation of the viewer.
    ValidationError
        It does not wait any more; the viewer has not opened it as it stands now, or is the first of the two.
    """
    standing = entry_reached(viewer, "member.invite", key)
    with register_open():
        member = Member.objects.select_for_update().get(key=key)
    if member.state != Member.State.DECLARED:
        raise ValidationError(_("This declaration was decided already."))
    if not was_opened_by(viewer, member):
        raise ValidationError(_("Please open name and telephone first, and ask whoever it is about."))
    if member.person == viewer.person:
        raise ValidationError(_("You invited or checked it: somebody else confirms it."))
    now = timezone.now()
    if member.person is None:
        member.person = viewer.person
        member.version += 1
        with register_open():
            member.save()
        note_changed(viewer, "member.checked", member, standing)
        _tell(standing, viewer.person)
        return False
    with register_open():
        member.state, member.confirmed_at = Member.State.CONFIRMED, now
        member.ends_at = FIELDS["member.name"].ends(now)
        member.version += 1
        member.save()
    note_changed(viewer, "member.confirmed", member, standing)
    return True


@transaction.atomic
def decline(viewer: Viewer, key: uuid.UUID, reason: str) -> None:
    """Decline a declaration, or take an entry out of the register; all that is personal goes at once.

    Whoever declared reads the reason on the own page for as long as a declaration waits.

    Raises
    ------
    PermissionDenied
        As with ``confirm``.
    ValidationError
        No reason is given, or it was declined or withdrawn already.
    """
    said = filled("reason", reason, REASON_LIMIT)
    standing = entry_reached(viewer, "member.invite", key)
    with register_open():
        member = Member.objects.select_for_update().get(key=key)
        if member.state not in (Member.State.DECLARED, Member.State.CONFIRMED):
            raise ValidationError(_("This declaration was decided already."))
        strip(member, Member.State.DECLINED)
        forget_served([key])
        member.reason, member.ends_at = said, timezone.now() + WAITS
        member.save()
    note_erasures(LEFT, [str(key)])
    note_changed(viewer, "member.declined", member, standing)


@transaction.atomic
def change(code: str, given: Declaration) -> None:
    """Change one's own entry; it stays confirmed if it was, for its whole time anew.

    Under another name it is another person's, and waits to be confirmed by two again.

    Raises
    ------
    PermissionDenied
        The code leads to no entry that is kept.
    ValidationError
        Something does not fit.
    """
    member, standing = own_locked(code)
    before, called = version_name(member), member.name_hash
    _fill(member, given, standing)
    now = timezone.now()
    renamed = called is not None and bytes(called) != member.name_hash
    if renamed:
        member.state, member.person, member.confirmed_at = Member.State.DECLARED, None, None
        member.ends_at = now + WAITS
    elif member.state == Member.State.CONFIRMED:
        member.ends_at = FIELDS["member.name"].ends(now)
    member.version += 1
    with register_open():
        member.save()
    note_erasures(REPLACED, [before])
    note_changed(PUBLIC, "member.changed", member, standing)
    if renamed:
        _tell(standing, None)


@transaction.atomic
def withdraw(code: str) -> None:
    """Take one's own entry out of the register: nothing personal is left; hours stay as a number.

    Raises
    ------
    PermissionDenied
        As with ``change``.
    """
    member, standing = own_locked(code)
    with register_open():
        forget_served([member.key])
        if member.hours:
            strip(member, Member.State.ENDED)
            member.save()
        else:
            Member.objects.filter(key=member.key).delete()
    note_erasures(LEFT, [str(member.key)])
    member.state = Member.State.ENDED
    note_changed(PUBLIC, "member.withdrawn", member, standing)


@transaction.atomic
def renew(code: str) -> None:
    """Keep one's own confirmed entry for its whole time anew, as it is; errors as with ``change``."""
    member, standing = own_locked(code)
    if member.state != Member.State.CONFIRMED:
        raise ValidationError(_("It is kept for longer once your declaration is confirmed."))
    member.ends_at = FIELDS["member.name"].ends(timezone.now())
    member.version += 1
    with register_open():
        member.save(update_fields=["ends_at", "version"])
    note_changed(PUBLIC, "member.renewed", member, standing)


@transaction.atomic
def rotate(viewer: Viewer) -> int:
    """Put a new key in use and encrypt every entry anew with it; return how many."""
    add_key()
    with register_open():
        members = list(Member.objects.select_for_update().exclude(sealed=None))
        for member in members:
            member.sealed_by, member.sealed = seal(member.key, opened(member))
        Member.objects.bulk_update(members, ["sealed_by", "sealed"], batch_size=500)
    record(viewer, "members.rotated", "members", "keys", 1)
    return len(members)


def _declared(standing: Standing, given: Declaration, own: str) -> Member:
    member = Member(organisation=standing.organisation_id, digest=digest(own), ends_at=timezone.now() + WAITS)
    _fill(member, given, standing)
    return member


def _fill(member: Member, given: Declaration, standing: Standing) -> None:
    check_offers(list(given.offers))
    grid = next((area for area in grids_of(standing) if area.code == given.grid), None)
    if grid is None:
        raise ValidationError({"grid": _("Please choose a grid.")})
    member.grid, member.offers, member.monthly = grid.pk, list(given.offers), given.monthly
    member.party, member.reports_home, member.ready = given.party, given.reports_home, given.ready
    member.sealed_by, member.sealed = seal(member.key, Contact(given.name, given.phone, given.words))
    member.name_hash = name_hash(given.name)
    member.changed_at = timezone.now()


def own_locked(code: str) -> tuple[Member, Standing]:
    """Return the entry of a code, locked, and its organisation."""
    kept = (Member.State.DECLARED, Member.State.CONFIRMED)
    with register_open():
        member = Member.objects.select_for_update().filter(digest=digest(code), state__in=kept).first()
    standing = organisation(member.organisation) if member else None
    if member is None or standing is None:
        raise PermissionDenied("no entry has this code")
    return member, standing


def note_changed(viewer: Viewer, verb: str, member: Member, standing: Standing) -> None:
    """Write into the journal that an entry has changed, without anything that it says."""
    fact = MemberChanged(organisation=member.organisation, state=member.state)
    record(viewer, verb, "member", member.key, member.version, lineage_of(standing.area), fact)


def _tell(standing: Standing, apart_from: int | None) -> None:
    """Tell those who may confirm, unless they know already that something waits."""
    asked = deciders(standing, apart_from)
    unread = OutboxMessage.objects.filter(receiver__in=asked, kind=TOLD, seen_at=None)
    for person in set(asked) - set(unread.values_list("receiver", flat=True)):
        enqueue(TOLD, "members", "waiting", receiver=person)
