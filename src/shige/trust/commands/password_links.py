"""Links by which somebody sets the own password: nobody else ever chooses or sees it.

A link is made with a new account and with a reset. It is shown once to whoever hands it over, is
kept as a digest, works once, and is over after a day.
"""

import secrets
from datetime import timedelta
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..gate import Viewer
from ..models import PasswordLink, Person
from .journal import record
from .outbox import enqueue
from .tokens import digest

LINK_STANDS: Final = timedelta(hours=24)


def is_blank(person: Person) -> bool:
    """Say whether an account is new and nobody's in office: nobody could sign in, and it had no post yet."""
    if person.appointments.exists():
        return False
    reset = person.resets.exclude(confirmed_at=None).exists()
    return not person.has_usable_password() and person.last_login is None and not reset


def make_link(person: Person) -> str:
    """Return the secret of a new link; every earlier one of this person ends, and can say so for its day.

    Whoever calls it has made sure that one may be made.
    """
    secret = secrets.token_urlsafe(32)
    now, earlier = timezone.now(), PasswordLink.objects.filter(person=person)
    earlier.filter(expires_at__lte=now).delete()
    earlier.filter(used_at=None, replaced_at=None).update(replaced_at=now)
    PasswordLink.objects.create(person=person, digest=digest(secret), expires_at=now + LINK_STANDS)
    return secret


def linked_person(secret: str) -> Person | None:
    """Return who may set the own password by a link now; None where it is unknown, used or over."""
    link = PasswordLink.objects.select_related("person").filter(digest=digest(secret), used_at=None)
    stands = link.filter(replaced_at=None, expires_at__gt=timezone.now(), person__is_active=True)
    return found.person if (found := stands.first()) else None


def was_replaced(secret: str) -> bool:
    """Say whether a link is over because a newer one was made for its person, and was never used."""
    return PasswordLink.objects.filter(digest=digest(secret), used_at=None).exclude(replaced_at=None).exists()


@transaction.atomic
def set_own_password(secret: str, password: str) -> Person:
    """Use a link up: its person can sign in with this password from now on, and is told that it was set.

    Raises
    ------
    ValidationError
        The link is unknown, used or over, or by field ``password``: it is too weak.
    """
    link = PasswordLink.objects.select_for_update().filter(digest=digest(secret)).first()
    person = linked_person(secret)
    if link is None or person is None:
        raise ValidationError(_("This link has been used, or its day is over. Ask for a new one."))
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    person.set_password(password)
    person.save(update_fields=["password"])
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    record(Viewer(person=person.pk), "account.password_set", "person", person.pk, 1)
    enqueue("account.password_set", "account", person.pk, receiver=person.pk)
    return person
