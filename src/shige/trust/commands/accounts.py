"""Close an account, end its sessions, and let its holder set a new password by two people (R16)."""

from datetime import timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..authority import may_staff
from ..gate import Viewer
from ..makers import are_independent
from ..models import ApiToken, CredentialReset, Person
from ..queries import lineage_of_post, person_in_reach
from .journal import record
from .outbox import enqueue
from .password_links import is_blank, make_link

RESET_STANDS: Final = timedelta(hours=24)
REASON_LIMIT: Final = 200
DEPENDENT: Final = gettext_noop(
    "One of you two made the other's account or appointed them: somebody independent has to confirm it."
)


@transaction.atomic
def close_account(viewer: Viewer, person: Person) -> None:
    """Close an account: its sessions and tokens end at once; appointments and history stay.

    Raises
    ------
    PermissionDenied
        It is the viewer's own, or one of its posts is not below the viewer's.
    """
    _require_above(viewer, person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    _revoke_tokens(person)
    _end_sessions(person)
    record(viewer, "account.closed", "person", person.pk, 2)


@transaction.atomic
def open_account(viewer: Viewer, person: Person) -> None:
    """Open a closed account again."""
    _require_above(viewer, person)
    Person.objects.filter(pk=person.pk).update(is_active=True)
    record(viewer, "account.opened", "person", person.pk, 3)


@transaction.atomic
def end_sessions(viewer: Viewer, person: Person) -> int:
    """End every session of an account; return how many there were."""
    _require_above(viewer, person)
    ended = _end_sessions(person)
    record(viewer, "account.sessions_ended", "person", person.pk, 2)
    return ended


@transaction.atomic
def invite(viewer: Viewer, person: Person) -> str:
    """Return the secret of a link for an account without a post that nobody has entered; an earlier one ends.

    For any other account it takes two people (``confirm_reset``): whoever opens the link acts in its posts.

    Raises
    ------
    PermissionDenied
        The viewer did not make the account or may not manage it, somebody could sign in with it already, or
        it holds or held a post.
    """
    _require_above(viewer, person)
    held = Person.objects.select_for_update().get(pk=person.pk)
    if not may_invite(viewer, held):
        raise PermissionDenied("a new link for an account in use or in office takes two people")
    record(viewer, "account.invited", "person", person.pk, 1)
    return make_link(person)


@transaction.atomic
def ask_reset(viewer: Viewer, person: Person, reason: str) -> CredentialReset:
    """Ask for a new password and second factor; somebody else has to confirm it within a day.

    Raises
    ------
    ValidationError
        No reason is given, or one was asked for already.
    """
    _require_above(viewer, person)
    if viewer.person is None:
        raise PermissionDenied("a reset is asked for by a person")
    said = reason.strip()
    if not said or len(said) > REASON_LIMIT:
        raise ValidationError(
            {"reason": _("Please say why, in at most %(count)d characters.") % {"count": REASON_LIMIT}}
        )
    Person.objects.select_for_update().get(pk=person.pk)
    if open_reset(person) is not None:
        raise ValidationError(_("A new password was asked for already; somebody else has to confirm it."))
    asked = CredentialReset.objects.create(
        person=person, asked_by_id=viewer.person, reason=said, asked_at=timezone.now()
    )
    record(viewer, "account.reset_asked", "person", person.pk, 2)
    enqueue("account.reset_asked", "account", viewer.person, receiver=person.pk)
    return asked


@transaction.atomic
def confirm_reset(viewer: Viewer, reset: CredentialReset) -> str:
    """Confirm a reset as the second person; return the secret of a link to hand over.

    The person sets the password by it; neither of the two learns it. The old password, sessions, tokens and
    the second factor end at once: whoever stole one of them is out.

    Raises
    ------
    PermissionDenied
        The viewer asked for it, or it concerns the viewer.
    ValidationError
        It is older than a day, or was confirmed already; or one of the two made or appointed the other.
    """
    asked = CredentialReset.objects.select_for_update().select_related("person").get(pk=reset.pk)
    _require_above(viewer, asked.person)
    if asked.asked_by_id == viewer.person:
        raise PermissionDenied("a reset is confirmed by somebody else")
    if viewer.person is not None and not are_independent(asked.asked_by_id, viewer.person):
        raise ValidationError(_(DEPENDENT))
    if asked.confirmed_at is not None or asked.asked_at < timezone.now() - RESET_STANDS:
        raise ValidationError(_("This request is over. Ask again."))
    secret = _begin_anew(asked.person)
    asked.confirmed_by_id, asked.confirmed_at = viewer.person, timezone.now()
    asked.save(update_fields=["confirmed_by", "confirmed_at"])
    record(viewer, "account.reset", "person", asked.person_id, 3)
    enqueue("account.reset", "account", asked.asked_by_id, receiver=asked.person_id)
    return secret


@transaction.atomic
def reset_account(viewer: Viewer, person: Person) -> str:
    """Return the secret of a link at once, as ``confirm_reset`` does: for the operator, who has nobody above.

    Raises
    ------
    PermissionDenied
        The viewer is a person.
    """
    if not viewer.system:
        raise PermissionDenied("a new password takes two people")
    secret = _begin_anew(person)
    record(viewer, "account.reset", "person", person.pk, 3)
    return secret


def open_reset(person: Person) -> CredentialReset | None:
    """Return the reset that waits for a second person."""
    waiting = person.resets.filter(confirmed_at=None, asked_at__gte=timezone.now() - RESET_STANDS)
    return waiting.select_related("asked_by").order_by("-pk").first()


def may_manage(viewer: Viewer, person: Person) -> bool:
    """Say whether every post that somebody holds, or will, lies below the viewer's own; never one's own."""
    if viewer.system:
        return True
    if person.pk == viewer.person or not person_in_reach(viewer, person):
        return False
    held = person.appointments.not_over().select_related("post__area")
    return all(may_staff(viewer, each.post, lineage_of_post(each.post)) for each in held)


def may_invite(viewer: Viewer, person: Person) -> bool:
    """Say whether the viewer alone makes a new link for an account: its own maker, as long as it is blank."""
    return is_blank(person) and (viewer.system or viewer.person == person.made_by_id)


def _require_above(viewer: Viewer, person: Person) -> None:
    if not may_manage(viewer, person):
        raise PermissionDenied("this account is not below the viewer's own posts")


def _begin_anew(person: Person) -> str:
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    _revoke_tokens(person)
    _end_sessions(person)
    return make_link(person)


def _revoke_tokens(person: Person) -> None:
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())


def _end_sessions(person: Person) -> int:
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)
