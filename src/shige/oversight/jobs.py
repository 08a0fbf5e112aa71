"""Background jobs of oversight."""

from procrastinate.contrib.django import app

from shige.trust.gate import SYSTEM

from .urgings.commands import escalate


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="oversight.escalate")
def tell_above(timestamp: int) -> None:
    """Tell above, every hour, which urgings were not answered by their date (R10)."""
    escalate(SYSTEM)
