"""Background jobs of the channels."""

from procrastinate.contrib.django import app

from .delivery import deliver_due
from .drafts import clear_old_photos
from .rates import forget_knocks


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="channels.deliver")
def deliver(timestamp: int) -> None:
    """Deliver waiting messages, every minute."""
    deliver_due()


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="channels.tidy")
def tidy(timestamp: int) -> None:
    """Clear away photos of unfinished drafts and counts of past minutes, every hour."""
    clear_old_photos()
    forget_knocks()
