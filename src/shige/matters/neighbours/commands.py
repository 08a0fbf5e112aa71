"""Join a matter that is known already instead of reporting it again (R25).

Whoever joins follows it by a code of their own, may leave a telephone, and may tell the owner something.
They neither confirm nor rate nor reopen in the place of whoever reported it: what they say is a note to the
owner, and a matter of their own is one press away.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.trust.commands import erase, seal
from shige.trust.erasures import digest_of, note_erasures
from shige.trust.form_text import filled
from shige.trust.gate import Viewer
from shige.trust.telephone_field import telephone

from .. import clock
from ..codes import code_digest, device_key, digest, form_digest, tracking_code
from ..models import Matter
from ..models.follower import Follower
from ..own_data.commands.retention import unsay
from ..report import Place
from ..sealing.commands.later_words import say_in
from ..workflow.actors import lineage_of_matter
from ..workflow.commands.steps import NOTE_LIMIT, changed
from ..workflow.own_words import said_by
from ..workflow.workflows import SAID_BESIDE
from .queries.followed import Following, following, goes_on
from .queries.known import known_nearby, referred_to

BESIDE: Final = ("matter.said_beside", "matter.added_to")
"""What the journal and the owner are told of words said beside a matter."""

ERASED: Final = "joining"
"""The kind of whoever had joined and left, on the list of what was deleted."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What whoever joins takes away: the code is shown once, and only its hash is stored."""

    matter: Matter
    tracking_code: str


@transaction.atomic
def join(viewer: Viewer, category: str, place: Place, reference: str, key: str, words: str = "") -> Joined:
    """Follow a matter that ``known_nearby`` shows; the same form (``key``) sent twice joins once.

    ``words`` are kept as the resident's own and told to the owner; what is about staff, or danger to
    persons, is set apart under the code that follows from ``key`` (P3, P4).

    Raises
    ------
    ValidationError
        It is not shown there any more.
    """
    one = referred_to(known_nearby(category, place), reference)
    matter = Matter.objects.select_for_update().filter(pk=one.key, open=True).first() if one else None
    if matter is None:
        raise ValidationError(_("It has just been dealt with. Please look again, or report yours."))
    form = joining_form(key, reference)
    code = tracking_code(form)
    typed = trimmed(words)[: settings.SHIGE_TEXT_LIMIT]
    own = {"matter": matter, "joined_at": clock.now()}
    own["device_digest"] = digest(device_key(form))
    made, new = Follower.objects.get_or_create(tracking_digest=code_digest(code), defaults=own)
    if new:
        changed(viewer, "matter.joined", matter)
        if typed and (said := say_in(viewer, matter, made, SAID_BESIDE, typed, form=key, events=BESIDE)):
            made.words = "" if said.sealed else said.shown
            made.save(update_fields=["words"])
    return Joined(matter, code)


def joining_form(key: str, reference: str) -> bytes:
    """Return the hash of a form with which somebody joins what ``reference`` names."""
    return form_digest(key, "join", reference)


@transaction.atomic
def leave_phone(viewer: Viewer, code: str, phone: str) -> None:
    """Keep a telephone, sealed, to tell whoever joined what became of it; an empty one takes it back.

    Raises
    ------
    ValidationError
        It is no telephone number.
    PermissionDenied
        Nobody joined by this code.
    """
    joining = _joining(code)
    number = telephone(phone)
    if joining.phone_handle is not None:
        erase(viewer, [joining.phone_handle], lineage_of_matter(joining.matter))
    joining.phone_handle = seal("matter.joined_phone", number) if number else None
    joining.save(update_fields=["phone_handle"])


@transaction.atomic
def leave(viewer: Viewer, code: str) -> None:
    """Stop following: the code, the telephone and all that was said are gone for good (P5)."""
    _end(viewer, _joining(code))


def erase_again(viewer: Viewer, digests: Collection[str]) -> int:
    """Take out, after a restore, whoever had left since the backup; return how many."""
    found = [
        one for one in Follower.objects.select_related("matter") if digest_of(ERASED, _listed(one)) in digests
    ]
    for joining in found:
        _end(viewer, joining)
    return len(found)


def _end(viewer: Viewer, joining: Follower) -> None:
    said = said_by(joining)
    handles = [joining.phone_handle, *said.values_list("words_handle", flat=True)]
    erase(viewer, [handle for handle in handles if handle], lineage_of_matter(joining.matter))
    note_erasures(ERASED, [_listed(joining)])
    matter = Matter.objects.select_for_update().get(pk=joining.matter_id)
    unsay(said)
    said.update(said_by="")
    joining.delete()
    changed(viewer, "matter.left", matter)


def _listed(joining: Follower) -> str:
    """Return the name of a joining on the list: the hash of a code that nobody can guess."""
    return bytes(joining.tracking_digest).hex()


@transaction.atomic
def say_beside(
    viewer: Viewer, code: str, words: str, *, no_emergency: bool = False, form: str = ""
) -> Matter:
    """Tell the owner something about a matter that one joined, or that one's own was merged into.

    It moves nothing, unless it speaks of an emergency (P4); the reporter does not read it. What is about
    staff, or danger to persons, is set apart under the code that follows from ``form``.

    Raises
    ------
    ValidationError
        Nothing is said, too much is, or it was done too long ago.
    """
    found = following(code)
    if found is None:
        raise PermissionDenied("nobody follows by this code")
    matter = Matter.objects.select_for_update().get(pk=found.matter.pk)
    if not goes_on(Following(matter, found.joining, found.own)):
        raise ValidationError(_("It can no longer be added to. Please report it anew."))
    typed = filled("reason", words, min(NOTE_LIMIT, settings.SHIGE_TEXT_LIMIT), keep_numbers=True)
    speaking = found.joining or found.own or matter
    say_in(viewer, matter, speaking, SAID_BESIDE, typed, waived=no_emergency, form=form, events=BESIDE)
    return matter


def _joining(code: str) -> Follower:
    found = Follower.objects.select_for_update(of=("self",)).select_related("matter")
    joining = found.filter(tracking_digest=code_digest(code)).first()
    if joining is None:
        raise PermissionDenied("unknown code")
    return joining
