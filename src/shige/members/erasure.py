"""What is personal in the register goes when its time is over, and again after a restore."""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from shige.trust.commands import record_all
from shige.trust.entry_stamp import micros
from shige.trust.erasures import digest_of, note_erasures
from shige.trust.gate import Viewer

from .apart import register_open
from .facts import MemberChanged
from .models import Invitation, Member, Service, Task

LEFT: Final = "member"
"""The kind of an entry on the list of what was deleted: all that is personal of somebody."""

REPLACED: Final = "member's version"
"""The kind of an earlier version of an entry: its name, telephone and words were replaced."""

AT_ONCE: Final = 1000


def strip(member: Member, state: Member.State) -> None:
    """Take all that is personal out of an entry, not yet saved; organisation and hours stay as numbers."""
    member.sealed, member.sealed_by, member.name_hash, member.grid = None, "", None, None
    member.offers, member.monthly, member.confirmed_at = [], 0, None
    member.party = member.reports_home = member.ready = False
    member.person = None
    member.state = state
    member.version += 1
    if state == Member.State.ENDED:
        member.digest, member.reason, member.ends_at = None, "", None


def forget_served(keys: Collection[uuid.UUID]) -> None:
    """Delete what some entries took on, and on which days they served; the hours stay as a number."""
    for served in (Task, Service):
        served.objects.filter(member__in=keys).delete()


def version_name(member: Member) -> str:
    """Return the name of what an entry says now on the list of what was replaced."""
    return f"{member.key} {micros(member.changed_at)}"


@transaction.atomic
def forget_past(viewer: Viewer, now: datetime | None = None) -> int:
    """Erase what is past its time at a moment, or by now: entries that nobody confirmed, and confirmed ones
    that were not renewed; delete the invitations of the same age. Return how many entries.
    """
    now = now or timezone.now()
    with register_open():
        Invitation.objects.filter(ends_at__lt=now).delete()
        past = list(Member.objects.select_for_update().filter(ends_at__lt=now)[:AT_ONCE])
        _leave(past)
    note_erasures(LEFT, [str(member.key) for member in past])
    _tell(viewer, past)
    return len(past)


@transaction.atomic
def erase_left(viewer: Viewer, digests: Collection[str]) -> int:
    """Erase, after a restore, the entries of those who had left; return how many."""
    with register_open():
        listed = _listed(lambda member: digest_of(LEFT, str(member.key)) in digests)
        _leave(listed)
    _tell(viewer, listed)
    return len(listed)


@transaction.atomic
def erase_replaced(viewer: Viewer, digests: Collection[str]) -> int:
    """Erase, after a restore, all that was declared in whose place something else stood; return how many.

    The entry stays with nothing in it: whoever holds its link declares anew.
    """
    with register_open():
        listed = _listed(lambda member: digest_of(REPLACED, version_name(member)) in digests)
        for member in listed:
            strip(member, Member.State(member.state))
            member.save()
    _tell(viewer, listed)
    return len(listed)


def _leave(members: Collection[Member]) -> None:
    """Take entries out of the register: those who gave hours leave them as a number."""
    kept = [member for member in members if member.hours]
    for member in kept:
        strip(member, Member.State.ENDED)
        member.save()
    gone = [member.key for member in members if not member.hours]
    Member.objects.filter(key__in=gone).delete()
    forget_served([member.key for member in members])


def _listed(is_listed: Callable[[Member], bool]) -> list[Member]:
    held = Member.objects.exclude(state=Member.State.ENDED)
    return [member for member in held.iterator() if is_listed(member)]


def _tell(viewer: Viewer, members: Collection[Member]) -> None:
    record_all(
        viewer,
        "member.erased",
        "member",
        [
            (m.key, m.version + 1, None, MemberChanged(organisation=m.organisation, state=m.state))
            for m in members
        ],
    )
