"""Background jobs of the channels."""

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from shige.files.uploads import clear_expired
from shige.trust.commands.throttle import forget_old_failures

from .answers import forget_taken
from .delivery.service import deliver_due
from .rates import forget_knocks
from .resident.draft_files import clear_old_files
from .resident.drafts import clear_old_drafts
from .resident.recovery import forget_recoveries


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="channels.deliver")
def deliver(timestamp: int) -> None:
    """Deliver waiting messages, every minute."""
    deliver_due()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="channels.tidy_drafts")
def tidy_drafts(timestamp: int) -> None:
    """Clear away abandoned drafts with their files, every five minutes (P6)."""
    clear_old_drafts()


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="channels.tidy")
def tidy(timestamp: int) -> None:
    """Clear away sessions, files, uploads, marks of forms and counts of past minutes, every hour (P6)."""
    SessionStore.clear_expired()
    clear_old_files()
    clear_expired()
    forget_knocks()
    forget_taken()
    forget_recoveries()
    forget_old_failures()
