"""What is held of a reporter, why and until when, and who has looked at it (P5)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shige.trust.handles import kept
from shige.trust.personal import FIELDS

from ..categories import hides_place
from ..codes import code_digest
from ..models import Matter
from ..report import RELAYED
from ..tracking.queries import is_device
from ..visibility.queries.looks import Looks, looks_at, without_own
from ..visibility.queries.record import as_kept
from ..workflow.own_words import said_by
from ..workflow.proof import CONTACT_CHANGED
from ..workflow.relayed import is_known_to_concerned
from .former import former_of

WHAT: Final = {
    "matter.name": gettext_noop("Your name"),
    "matter.phone": gettext_noop("Your telephone"),
    "matter.former_phone": gettext_noop("The telephone before"),
    "matter.room": gettext_noop("Your room number"),
    "matter.words": gettext_noop("Your words"),
    "matter.callback": gettext_noop("How to call you back"),
    "matter.original": gettext_noop("Your words as you typed them"),
}

DOOR: Final = "matter.door"
"""Entrance and floor, or a place in own words: not in the vault, but let go with the words."""


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held, what for, and when it is removed; None until the matter has ended."""

    field: str
    what: str
    purpose: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything held of a reporter; ``proven`` says that this device filed it, else a telephone may tell.

    ``sealed`` says that no telephone does; ``in_person`` that this device does not either, but the street,
    who looks whom it has before it. ``sensitive`` says that the matter is confidential: then nothing is
    shown before it is asked for; ``relayed`` that somebody at work registered it, so that no device is the
    reporter's. ``changed`` is when the contact was changed.
    """

    held: tuple[Held, ...]
    files: int
    looks: Looks
    sensitive: bool
    open: bool
    proven: bool
    in_person: bool
    sealed: bool
    phone_left: bool
    relayed: bool
    changed: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a reporter has said and left, in the clear."""

    name: str
    phone: str
    words: str
    later: tuple[str, ...]
    room: str = ""
    place: str = ""
    entrance: int | None = None
    floor: int | None = None


def own_data(code: str, device_key: str = "") -> OwnData | None:
    """Return what is held of whoever reported by a code; nothing for an unknown one."""
    matter = Matter.objects.filter(tracking_digest=code_digest(code)).first()
    if matter is None or is_known_to_concerned(matter):
        return None
    contact, said = own_handles(matter)
    files = list(matter.photos.filter(by_reporter=True))
    sealed = kept([*contact, *said])
    proven, by_telephone = is_device(matter, device_key), telephone_tells(matter)
    looks = looks_at(matter, as_kept(contact, said, files))
    periods = list(sealed.values())
    if matter.words:
        periods.append(("matter.words", None))
    held = [_held(field, until) for field, until in sorted(_longest(periods).items())]
    if tells_door(matter):
        held.append(Held(DOOR, _("The place as you gave it"), _("to find where it is"), None))
    return OwnData(
        held=tuple(held),
        files=len(files),
        looks=looks if proven or by_telephone else without_own(looks),
        sensitive=matter.confidential,
        open=matter.open,
        proven=proven,
        sealed=not by_telephone,
        in_person=not (proven or by_telephone),
        phone_left=by_telephone and matter.phone_handle in sealed,
        relayed=matter.source in RELAYED,
        changed=tuple(
            matter.steps.filter(action=CONTACT_CHANGED).order_by("-pk").values_list("at", flat=True)
        ),
    )


def telephone_tells(matter: Matter) -> bool:
    """Say whether the telephone left with a matter shows who its reporter is.

    Never of what is sealed: whoever it is about may share that telephone or know it, and find the code in the
    history of a browser. There the device that was asked to keep it tells, or the street in person (P4, P5).
    """
    return not hides_place(matter)


def tells_door(matter: Matter) -> bool:
    """Say whether the place says more of its reporter than an address: a way to a door, or own words."""
    in_words = matter.lon is None and bool(matter.place)
    return in_words or matter.entrance is not None or matter.floor is not None


def _longest(periods: Iterable[tuple[str, datetime | None]]) -> dict[str, datetime | None]:
    """Return each field once, until its last part is removed; None is later than any day that is known."""
    last: dict[str, datetime | None] = {}
    for field, until in periods:
        known = last.get(field, until)
        last[field] = max(known, until) if known and until else None
    return last


def _held(field: str, until: datetime | None) -> Held:
    return Held(field, _(WHAT[field]), _(FIELDS[field].purpose), until)


def own_handles(matter: Matter) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Return the handles of what a reporter left, and of what they said."""
    later = said_by(matter).order_by("pk").values_list("words_handle", flat=True)
    contact = (*matter.contact_handles, former_of(matter))
    said = (matter.words_handle, *later)
    return [handle for handle in contact if handle], [handle for handle in said if handle]
