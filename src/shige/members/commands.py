"""Invite, declare, confirm; open a contact; change and withdraw: each by whom it concerns (R11, P5, P7)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.redline.models import Standing
from shige.redline.reach import is_open, may_for, organisation
from shige.territory.lineage import lineage_of
from shige.trust.commands import enqueue, note_export, record, record_all
from shige.trust.erasures import note_erasures
from shige.trust.form_text import filled
from shige.trust.gate import PUBLIC, Viewer
from shige.trust.journal_facts import Bare
from shige.trust.models import JournalEntry, OutboxMessage
from shige.trust.permissions import Action
from shige.trust.personal import FIELDS
from shige.trust.queries import today

from . import calls
from .apart import register_open
from .erasure import LEFT, REPLACED, forget_served, strip, version_name
from .facts import MemberChanged, MembersInvited
from .keys import add_key
from .models import Invitation, Member, Service, Task
from .rules import MOST_AT_ONCE, MOST_PLACES, WAITS, check_offers, deciders, grids_of, homes, invites_still
from .sealing import Contact, code_of, digest, name_hash, opened, seal

TOLD: Final = "members.declared"
REASON_LIMIT: Final = 200
HALF: Final = Decimal("0.5")
NOTED_WITHIN: Final = timedelta(days=365)
MOST_TASKS: Final = 20
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
    _record(PUBLIC, "member.declared", member, standing)
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
    _record(PUBLIC, "member.declared", member, standing)
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
    standing = _reached(viewer, "member.invite", key)
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
        _record(viewer, "member.checked", member, standing)
        _tell(standing, viewer.person)
        return False
    with register_open():
        member.state, member.confirmed_at = Member.State.CONFIRMED, now
        member.ends_at = FIELDS["member.name"].ends(now)
        member.version += 1
        member.save()
    _record(viewer, "member.confirmed", member, standing)
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
    standing = _reached(viewer, "member.invite", key)
    with register_open():
        member = Member.objects.select_for_update().get(key=key)
        if member.state not in (Member.State.DECLARED, Member.State.CONFIRMED):
            raise ValidationError(_("This declaration was decided already."))
        strip(member, Member.State.DECLINED)
        forget_served([key])
        member.reason, member.ends_at = said, timezone.now() + WAITS
        member.save()
    note_erasures(LEFT, [str(key)])
    _record(viewer, "member.declined", member, standing)


def open_contact(viewer: Viewer, key: uuid.UUID) -> Contact:
    """Return name, telephone and words of an entry; who opened it is committed before (P7).

    Raises
    ------
    PermissionDenied
        As with ``confirm``.
    """
    return open_contacts(viewer, [key])[key]


def open_contacts(viewer: Viewer, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """Return what is to be opened of some entries, each on record; as with ``open_contact``."""
    with transaction.atomic(durable=True):
        for key in keys:
            note_opened(viewer, key)
    with register_open():
        return {member.key: opened(member) for member in Member.objects.filter(key__in=keys)}


def note_opened(viewer: Viewer, key: uuid.UUID) -> None:
    """Put on record that a contact is about to be opened; errors as with ``confirm``."""
    standing = _reached(viewer, "member.open", key)
    record(viewer, "member.opened", "member", key, 1, lineage_of(standing.area))


def was_opened_by(viewer: Viewer, member: Member) -> bool:
    """Say whether this person has opened the contact of an entry as it stands now."""
    opened_here = JournalEntry.objects.filter(object_type="member", object_id=str(member.key))
    since = opened_here.filter(verb="member.opened", actor=viewer.person, at__gte=member.changed_at)
    return viewer.person is not None and since.exists()


def note_export_of(viewer: Viewer, keys: list[uuid.UUID]) -> None:
    """Commit that entries are about to be handed out, so that each of them can say so (P7)."""
    with transaction.atomic(durable=True):
        note_export(viewer, "members", len(keys))
        record_all(viewer, "member.exported", "member", [(key, 1, None, Bare()) for key in keys])


def note_found(viewer: Viewer, keys: Collection[uuid.UUID]) -> None:
    """Commit that entries were found by their whole names, which tells whose they are (P7)."""
    if keys:
        with transaction.atomic(durable=True):
            record_all(viewer, "member.found", "member", [(key, 1, None, Bare()) for key in keys])


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
    member, standing = _own(code)
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
    _record(PUBLIC, "member.changed", member, standing)
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
    member, standing = _own(code)
    with register_open():
        forget_served([member.key])
        if member.hours:
            strip(member, Member.State.ENDED)
            member.save()
        else:
            Member.objects.filter(key=member.key).delete()
    note_erasures(LEFT, [str(member.key)])
    member.state = Member.State.ENDED
    _record(PUBLIC, "member.withdrawn", member, standing)


@transaction.atomic
def renew(code: str) -> None:
    """Keep one's own confirmed entry for its whole time anew, as it is; errors as with ``change``."""
    member, standing = _own(code)
    if member.state != Member.State.CONFIRMED:
        raise ValidationError(_("It is kept for longer once your declaration is confirmed."))
    member.ends_at = FIELDS["member.name"].ends(timezone.now())
    member.version += 1
    with register_open():
        member.save(update_fields=["ends_at", "version"])
    _record(PUBLIC, "member.renewed", member, standing)


@transaction.atomic
def take_on(code: str, call: str) -> None:
    """Offer to take on a wish through the own organisation, which is told that somebody of it would.

    Raises
    ------
    PermissionDenied
        As with ``change``.
    ValidationError
        It is not confirmed yet, or the wish is not on offer any more, or was asked for already.
    """
    member, standing = _own(code)
    if member.state != Member.State.CONFIRMED:
        raise ValidationError(_("You can take something on once your declaration is confirmed."))
    with register_open():
        waiting = Task.objects.filter(member=member.key).count()
    if waiting >= MOST_TASKS:
        raise ValidationError(_("You have taken on enough for now. Thank you."))
    opaque, words = calls.ask(member.organisation, call)
    with register_open():
        Task.objects.create(member=member.key, call=opaque, words=words, at=timezone.now())
    _record(PUBLIC, "member.offered", member, standing)


@transaction.atomic
def note_hours(code: str, hours: Decimal, day: date, what: str, form: str) -> None:
    """Note hours of service given on a day to one's own entry; the same ``form`` sent twice counts once.

    Raises
    ------
    PermissionDenied
        As with ``change``.
    ValidationError
        It is not confirmed yet, nobody serves so long at once, or the day is none on which it was given.
    """
    member, standing = _own(code)
    if member.state != Member.State.CONFIRMED:
        raise ValidationError(_("Hours are noted once your declaration is confirmed."))
    if not HALF <= hours <= MOST_AT_ONCE or hours % HALF:
        said = _("Please name half or whole hours, at most %(most)d.")
        raise ValidationError({"hours": said % {"most": MOST_AT_ONCE}})
    if not today() - NOTED_WITHIN <= day <= today():
        raise ValidationError({"day": _("Please choose a day of the last year, not one to come.")})
    key = uuid.uuid5(member.key, form)
    with register_open():
        if Service.objects.filter(key=key).exists():
            return
        Service.objects.create(key=key, member=member.key, day=day, hours=hours, what=what)
    _count_hours(member, standing, hours, "member.hours_noted")


@transaction.atomic
def undo_hours(code: str, key: uuid.UUID) -> None:
    """Take hours back that were noted; errors as with ``change``."""
    member, standing = _own(code)
    with register_open():
        noted = Service.objects.filter(member=member.key, key=key).first()
        if noted is not None:
            noted.delete()
    if noted is not None:  # pressed twice, it was taken back already
        _count_hours(member, standing, -noted.hours, "member.hours_undone")


def _count_hours(member: Member, standing: Standing, hours: Decimal, verb: str) -> None:
    member.hours += hours
    member.version += 1
    with register_open():
        member.save(update_fields=["hours", "version"])
    _record(PUBLIC, verb, member, standing)


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


def _reached(viewer: Viewer, action: Action, key: uuid.UUID) -> Standing:
    with register_open():
        held = Member.objects.exclude(state=Member.State.ENDED).filter(key=key)
        number = held.values_list("organisation", flat=True).first()
    standing = may_for(viewer, action, number) if number is not None else None
    if standing is None:
        raise PermissionDenied("no entry of the viewer's organisations")
    return standing


def _own(code: str) -> tuple[Member, Standing]:
    """Return the entry of a code, locked, and its organisation."""
    kept = (Member.State.DECLARED, Member.State.CONFIRMED)
    with register_open():
        member = Member.objects.select_for_update().filter(digest=digest(code), state__in=kept).first()
    standing = organisation(member.organisation) if member else None
    if member is None or standing is None:
        raise PermissionDenied("no entry has this code")
    return member, standing


def _record(viewer: Viewer, verb: str, member: Member, standing: Standing) -> None:
    fact = MemberChanged(organisation=member.organisation, state=member.state)
    record(viewer, verb, "member", member.key, member.version, lineage_of(standing.area), fact)


def _tell(standing: Standing, apart_from: int | None) -> None:
    """Tell those who may confirm, unless they know already that something waits."""
    asked = deciders(standing, apart_from)
    unread = OutboxMessage.objects.filter(receiver__in=asked, kind=TOLD, seen_at=None)
    for person in set(asked) - set(unread.values_list("receiver", flat=True)):
        enqueue(TOLD, "members", "waiting", receiver=person)
