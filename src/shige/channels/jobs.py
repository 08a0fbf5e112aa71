"""Background jobs of the channels."""

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from shige.matters.files.uploads import clear_expired

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
    """Clear away unfinished drafts with their files, uploads, and counts of past minutes, every hour (P6)."""
    SessionStore.clear_expired()
    clear_old_photos()
    clear_expired()
    forget_knocks()
