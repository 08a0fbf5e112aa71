"""The resident's pages: phone first, no account, one decision a screen."""

from .ahead import advice, solved, warnings
from .counter import counter, found
from .danger import about_staff, emergency, hurt, leave_page
from .home import home
from .known import known, stop, told
from .my_grid import my_worker
from .offline import offline, queued, worker
from .own_data import own_data
from .own_photos import own_photos
from .place import at_pin, place, places
from .privacy import privacy
from .recovery import recover, text_me
from .report import contact, photo, sort
from .things import things
from .tracking import answer, card, forget_code, mine, tracking, tracking_photo
from .uploads import upload, uploads
from .wishes import claim_wish, claimed_wish, wish_list
from .words import heard, start

__all__ = [
    "about_staff",
    "advice",
    "answer",
    "at_pin",
    "card",
    "claim_wish",
    "claimed_wish",
    "contact",
    "counter",
    "emergency",
    "forget_code",
    "found",
    "heard",
    "home",
    "hurt",
    "known",
    "leave_page",
    "mine",
    "my_worker",
    "offline",
    "own_data",
    "own_photos",
    "photo",
    "place",
    "places",
    "privacy",
    "queued",
    "recover",
    "solved",
    "sort",
    "start",
    "stop",
    "text_me",
    "things",
    "told",
    "tracking",
    "tracking_photo",
    "upload",
    "uploads",
    "warnings",
    "wish_list",
    "worker",
]
