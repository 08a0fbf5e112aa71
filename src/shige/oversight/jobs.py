"""Background jobs of oversight."""

from procrastinate.contrib.django import app

from shige.trust.gate import SYSTEM

from .grids.commands import tell_night
from .urgings.commands import end_settled, escalate, tell_promised


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="oversight.escalate")
def tell_above(timestamp: int) -> None:
    """Tell above, every hour, which urgings were not answered by their date (R10)."""
    escalate(SYSTEM)


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="oversight.night")
def decide_night(timestamp: int) -> None:
    """Decide, every night, what overseers are told; end settled urgings, tell of promised days (P8)."""
    tell_night(SYSTEM)
    end_settled(SYSTEM)
    tell_promised(SYSTEM)
