"""Issue, limit and revoke bearer tokens; make and use one-time sign-in links."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..facts import TokenIssued
from ..gate import Viewer, require
from ..models import ApiToken, Person, SignInLink
from ..permissions import PERMISSIONS
from .journal import record


def digest(secret: str) -> bytes:
    """Return what is stored instead of a secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def issue_token(
    viewer: Viewer, person: Person, name: str, actions: Iterable[str], days: int
) -> tuple[ApiToken, str]:
    """Issue a token that acts as ``person`` for the listed actions only; the secret is shown once.

    Raises
    ------
    ValidationError
        An action is unknown, or the time is not between 1 and 366 days.
    """
    require(viewer, "token.manage")
    wanted = list(actions)
    unknown = [action for action in wanted if action not in PERMISSIONS]
    if unknown or not wanted:
        raise ValidationError(_("Unknown actions: %(names)s") % {"names": ", ".join(unknown) or "-"})
    if not 1 <= days <= 366:
        raise ValidationError(_("A token lasts between 1 and 366 days."))
    secret = f"shige_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        person=person,
        name=name,
        digest=digest(secret),
        actions=wanted,
        expires_at=timezone.now() + timedelta(days=days),
    )
    record(viewer, "token.issued", "token", token.pk, 1, fact=TokenIssued(actions=wanted, days=days))
    return token, secret


@transaction.atomic
def revoke_token(viewer: Viewer, token: ApiToken) -> None:
    """End a token at once."""
    require(viewer, "token.manage")
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    record(viewer, "token.revoked", "token", token.pk, 2)


def use_token(secret: str) -> ApiToken | None:
    """Return the token in force that this secret opens, and note its use."""
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("person")
        .filter(digest=digest(secret), revoked_at=None, expires_at__gt=now, person__is_active=True)
        .first()
    )
    if token and (token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1)):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


@transaction.atomic
def make_sign_in_link(viewer: Viewer, person: Person) -> str:
    """Make a secret that signs a person of the sample in, once; for the program itself only."""
    if not viewer.system:
        raise PermissionDenied("only the program itself makes sign-in links")
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(person=person, digest=digest(secret))
    return secret


@transaction.atomic
def use_sign_in_link(secret: str) -> Person | None:
    """Use a link up and return whom it signs in; None when it is unknown or used."""
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(digest=digest(secret), used_at=None)
        .first()
    )
    if link is None:
        return None
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    record(Viewer(person=link.person_id), "session.opened_by_link", "person", link.person_id, 1)
    return link.person
