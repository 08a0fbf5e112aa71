"""Numbers of matters as people read them: the day, and six digits that tell nothing about other matters.

Counted up, the one missing in a list would be the one that its reader may not see (P3). So the running
number is shuffled by a secret of this installation: a Feistel network over 20 bits with the day as tweak,
walked until it falls below a million (Black and Rogaway, *Ciphers with arbitrary finite domains*, 2002). No
two of a day are equal, and nothing has to be looked up.
"""

from datetime import datetime
from typing import Final

from django.utils import timezone

from shige.trust.commands.vault import blind_index

DIGITS: Final = 6
_RANGE: Final = 10**DIGITS
_HALF: Final = 10
_MASK: Final = 2**_HALF - 1
_ROUNDS: Final = 4


def number_of(key: int, reported: datetime) -> str:
    """Return the number of the matter with a running ``key`` that was reported at a moment."""
    day = f"{timezone.localtime(reported):%Y%m%d}"
    return f"{day}-{shuffled(key % _RANGE, day):0{DIGITS}d}"


def shuffled(running: int, tweak: str) -> int:
    """Return another number below a million; each ``running`` has one of its own for each ``tweak``."""
    found = _permuted(running, tweak)
    while found >= _RANGE:
        found = _permuted(found, tweak)
    return found


def _permuted(number: int, tweak: str) -> int:
    left, right = number >> _HALF, number & _MASK
    for turn in range(_ROUNDS):
        mixed = int.from_bytes(blind_index("matter.number", f"{tweak} {turn} {right}")[:2], "big") & _MASK
        left, right = right, left ^ mixed
    return left << _HALF | right
