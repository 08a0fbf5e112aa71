"""Organisations and members of a test."""

import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from shige.members.apart import register_open
from shige.members.commands import Declaration, confirm, declare, invite
from shige.members.contacts import note_opened
from shige.members.models import Member
from shige.members.sealing import digest
from shige.redline.models import Standing
from shige.redline.organisations.commands import Decision, found
from shige.territory.models import Area
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.personal import FIELDS

SINCE = Decision(date(2020, 1, 1), "")
ANOTHER = 0
"""Nobody of a test: whoever invited, so that each of its people may confirm."""

NAME, PHONE, WORDS = "欧阳小示", "+8613800001234", "退休护士，周二下午有空"


def organisation_for(area: Area, name: str = "玉兰示例党支部") -> int:
    """Found an organisation with its seat in a street or community, if it is not there; return its number."""
    there = Standing.objects.living().filter(area=area, name=name).first()
    if there is not None:
        return there.organisation_id
    return found(SYSTEM, name, "resident_members", area.pk, decision=SINCE).organisation_id


def form() -> str:
    """Return what tells one form from another."""
    return secrets.token_urlsafe(24)


def declared(organisation: int, grid: Area, **more: Any) -> tuple[Member, str]:
    """Let somebody declare by an invitation of another one; return the entry and the code of its own page."""
    (invitation,) = invite(SYSTEM, organisation, 1, form())
    given = {"name": NAME, "phone": PHONE, "grid": grid.code, "words": WORDS, "offers": ("health",)} | more
    code = declare(invitation, Declaration(**given), form())
    with register_open():
        Member.objects.filter(digest=digest(code)).update(person=ANOTHER)
    return held(code), code


def confirmed(organisation: int, grid: Area, **more: Any) -> tuple[Member, str]:
    """Let somebody declare, and be in the register."""
    member, code = declared(organisation, grid, **more)
    now = timezone.now()
    member.state, member.confirmed_at, member.ends_at = "confirmed", now, FIELDS["member.name"].ends(now)
    with register_open():
        member.save()
    return held(code), code


def checked(viewer: Viewer, key: UUID) -> bool:
    """Open an entry as whoever is at work does, and confirm it."""
    note_opened(viewer, key)
    return confirm(viewer, key)


def held(code: str) -> Member:
    """Return the entry of a code."""
    with register_open():
        return Member.objects.get(digest=digest(code))


def entries() -> list[Member]:
    """Return every entry."""
    with register_open():
        return list(Member.objects.order_by("key"))
