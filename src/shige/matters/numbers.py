"""Numbers of matters and their tasks as people read them: they tell nothing about the others.

Counted up, the one missing in a list would be the one that its reader may not see (P3). A matter's number is
the day and six shuffled digits; a task's is its matter's and three digits drawn by lot, in which the tasks of
other posts do not count.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.utils import timezone

from shige.trust.veil import DIGITS, RANGE, shuffled

FIRST_PART: Final = 100
"""From here to 999 are the numbers of tasks within a matter; more of them have more digits."""


def number_of(key: int, reported: datetime) -> str:
    """Return the number of the matter with a running ``key`` that was reported at a moment."""
    day = f"{timezone.localtime(reported):%Y%m%d}"
    return f"{day}-{shuffled(key % RANGE, 'matter.number', day):0{DIGITS}d}"


def part_number(number: str, taken: Collection[str], letter: str = "") -> str:
    """Return a new number for a task of a matter that the caller holds; ``taken`` are there already."""
    end = 10 * FIRST_PART
    while len(taken) > end // 2:
        end *= 10
    while True:
        drawn = f"{number}-{letter}{FIRST_PART + secrets.randbelow(end - FIRST_PART)}"
        if drawn not in taken:
            return drawn
