"""Whether the same weeks of last year stood out at a place: the rule, as a pure function (R25).

The last 52 weeks are 13 windows of four weeks. The first of them is the one that begins again today. It
stands out with at least `LEAST` matters and at least `TIMES` the mean of the `OTHERS` that followed it.
"""

from datetime import timedelta
from typing import Final

WINDOW: Final = timedelta(weeks=4)
YEAR: Final = timedelta(weeks=52)
OTHERS: Final = YEAR // WINDOW - 1
LEAST: Final = 5
TIMES: Final = 2


def usual(others: int) -> float:
    """Return how many matters a window has on average, from the sum of all but the first."""
    return others / OTHERS


def stands_out(then: int, others: int) -> bool:
    """Say whether `then` matters in the first window are clearly above the place's own average."""
    return then >= LEAST and then * OTHERS >= TIMES * others
