"""The resident's pages: phone first, no account, one decision a screen."""

from .finding import my_worker
from .home import home
from .report import contact, emergency, heard, photo, place, places, sort, start
from .tracking import answer, forget_code, mine, tracking, tracking_photo
from .uploads import upload, uploads

__all__ = [
    "answer",
    "contact",
    "emergency",
    "forget_code",
    "heard",
    "home",
    "mine",
    "my_worker",
    "photo",
    "place",
    "places",
    "sort",
    "start",
    "tracking",
    "tracking_photo",
    "upload",
    "uploads",
]
