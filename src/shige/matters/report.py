"""What somebody reports and what they get in return: the shapes that pass between channels and matters."""

from dataclasses import dataclass
from typing import Final

from shige.files.attachments import Attachment
from shige.profile import Emergency

from .danger.decision import UNANSWERED, Answers
from .models import Matter

FILED: Final = "file"
"""The step that every matter begins with; it leads to the start of its kind."""

ENDANGERED: Final = "endangered"
"""The step beside it where it was said that somebody is in danger now, or hurt."""

DEVICE, INSPECTION, NOTE, PATROL = "device", "inspection", "note", "patrol"

UNASKED: Final = frozenset({DEVICE, INSPECTION, NOTE, PATROL})
"""Sources without a reporter: nobody can confirm the result, so somebody else goes and looks."""

RELAYED: Final = frozenset({"counter", "worker"})
"""Sources in which somebody at work wrote for the reporter, and so may know the code."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: a point in the datum that its source claims, or a building (its QR code, its address).

    ``address`` is what the reporter read or wrote, and may be all that is known of it; a point lies in
    degrees, longitude first. ``room`` points to a dwelling: it is sealed like a telephone.
    """

    lon: float | None = None
    lat: float | None = None
    datum: str = "wgs84"
    building: int | None = None
    entrance: int | None = None
    address: str = ""
    floor: int | None = None
    room: str = ""

    @property
    def only_words(self) -> bool:
        """Whether somebody has still to find it: neither a point nor a building is known."""
        return bool(self.address) and self.building is None and (self.lon is None or self.lat is None)


@dataclass(frozen=True, slots=True)
class Report:
    """A matter as it comes in through a channel (``source``).

    ``key`` makes the same form sent twice one matter. ``answers`` are the reporter's own to the questions of
    danger and of staff (P3, P4); ``callback`` is a safe time and way to call back. ``consent`` says that
    somebody at work files it for the reporter, who agreed (P2). ``signed_in`` is who was signed in where a
    page for residents was filled in. ``here_only`` refuses a place of which nobody here is in charge, as long
    as whoever files was not told.
    """

    words: str
    place: Place
    category: str | None = None
    name: str = ""
    phone: str = ""
    source: str = "page"
    callback: str = ""
    key: str | None = None
    answers: Answers = UNANSWERED
    consent: bool = False
    signed_in: int | None = None
    here_only: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a matter, and the leaf grid that it lies in; empty outside every grid."""

    office: str
    grid: str
    grid_code: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What the reporter takes away: the code is shown once, and only its hash is stored.

    ``about_staff`` says that it is kept from somebody at work, ``police`` that the police have it.
    """

    matter: Matter
    tracking_code: str
    device_key: str
    emergency: Emergency | None
    answering: Answering
    about_staff: bool = False
    police: bool = False
