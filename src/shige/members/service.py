"""What whoever serves does by their own page: take on a wish, note hours, take them back (R11, R12)."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.redline.models import Standing
from shige.trust.gate import PUBLIC
from shige.trust.queries import today

from . import calls
from .apart import register_open
from .commands import note_changed, own_locked
from .models import Member, Service, Task
from .rules import MOST_AT_ONCE

HALF: Final = Decimal("0.5")
NOTED_WITHIN: Final = timedelta(days=365)
MOST_TASKS: Final = 20


@transaction.atomic
def take_on(code: str, call: str) -> None:
    """Offer to take on a wish through the own organisation, which is told that somebody of it would.

    Raises
    ------
    PermissionDenied
        As with ``commands.change``.
    ValidationError
        It is not confirmed yet, or the wish is not on offer any more, or was asked for already.
    """
    member, standing = own_locked(code)
    if member.state != Member.State.CONFIRMED:
        raise ValidationError(_("You can take something on once your declaration is confirmed."))
    with register_open():
        waiting = Task.objects.filter(member=member.key).count()
    if waiting >= MOST_TASKS:
        raise ValidationError(_("You have taken on enough for now. Thank you."))
    opaque, words = calls.ask(member.organisation, call)
    with register_open():
        Task.objects.create(member=member.key, call=opaque, words=words, at=timezone.now())
    note_changed(PUBLIC, "member.offered", member, standing)


@transaction.atomic
def note_hours(code: str, hours: Decimal, day: date, what: str, form: str) -> None:
    """Note hours of service given on a day to one's own entry; the same ``form`` sent twice counts once.

    Raises
    ------
    PermissionDenied
        As with ``commands.change``.
    ValidationError
        It is not confirmed yet, nobody serves so long at once, or the day is none on which it was given.
    """
    member, standing = own_locked(code)
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
    """Take hours back that were noted; errors as with ``commands.change``."""
    member, standing = own_locked(code)
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
    note_changed(PUBLIC, verb, member, standing)
