"""What somebody reports and what they get in return: the shapes that pass between channels and matters."""

from dataclasses import dataclass
from typing import Final

from shige.files.attachments import Attachment
from shige.profile import Emergency

from .models import Matter

DEVICE, INSPECTION, NOTE, PATROL = "device", "inspection", "note", "patrol"

UNASKED: Final = frozenset({DEVICE, INSPECTION, NOTE, PATROL})
"""Sources without a reporter: nobody can confirm the result, so somebody else goes and looks."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: a point in the datum that its source claims, or a building (its QR code, its address).

    ``address`` is what the reporter read or wrote; a point lies in degrees, longitude first. ``room`` points
    to a dwelling: it is sealed like a telephone.
    """

    lon: float | None = None
    lat: float | None = None
    datum: str = "wgs84"
    building: int | None = None
    entrance: int | None = None
    address: str = ""
    floor: int | None = None
    room: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A matter as it comes in through a channel (``source``).

    ``key`` makes the same form sent twice one matter. ``no_emergency`` is the reporter's own word, after the
    emergency number was shown, that nothing dangerous is going on. ``consent`` says that somebody at work
    files it for the reporter, who agreed (P2).
    """

    words: str
    place: Place
    category: str | None = None
    name: str = ""
    phone: str = ""
    source: str = "page"
    key: str | None = None
    no_emergency: bool = False
    consent: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a matter, and the leaf grid that it lies in; empty outside every grid."""

    office: str
    grid: str
    grid_code: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What the reporter takes away: the code is shown once, and only its hash is stored."""

    matter: Matter
    tracking_code: str
    device_key: str
    emergency: Emergency | None
    answering: Answering
