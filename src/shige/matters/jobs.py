"""Background jobs of matters; each calls one command."""

from datetime import datetime

import structlog
from procrastinate.contrib.django import app

from shige.files.store import delete_orphans, lock_old_files
from shige.trust.commands import ClockJumpedError, forget_expired, retention_moment
from shige.trust.gate import SYSTEM

from .confirmation.commands.answers import lapse_unconfirmed
from .file_names import named_files
from .handling.commands.dates import redate_approximate
from .handling.commands.reminders import remind_due
from .own_data.commands.retention import forget_past
from .recusal.new_holders import judge_every_holder
from .tasks.reminders import remind_of_tasks
from .visibility.commands import forget_receipts
from .visits.commands import tell_visitors
from .wishes.commands import offer_cold_claims

log = structlog.get_logger()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="matters.lapse")
def lapse(timestamp: int) -> None:
    """End what was not confirmed in time, every ten minutes (R25)."""
    lapse_unconfirmed(SYSTEM)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="matters.remind")
def remind(timestamp: int) -> None:
    """Remind whoever answers while the time runs out, every five minutes (R25, R26)."""
    remind_due(SYSTEM)
    remind_of_tasks(SYSTEM)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="matters.offer")
def offer(timestamp: int) -> None:
    """Offer again, every hour, wishes that were claimed without contact in time (R12)."""
    offer_cold_claims(SYSTEM)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="matters.orphans")
def clear_orphans(timestamp: int) -> None:
    """Delete files that no matter names, every night: what was left when the program was killed.

    Those of a version that kept them in the clear are encrypted then.
    """
    delete_orphans(named_files)
    lock_old_files()


@app.periodic(cron="30 0 * * *")
@app.task(queueing_lock="matters.visits")
def visits(timestamp: int) -> None:
    """Tell, every morning, whose return visits fall due (R25)."""
    tell_visitors(SYSTEM)


@app.periodic(cron="10 0 * * *")
@app.task(queueing_lock="matters.holders")
def holders(timestamp: int) -> None:
    """Judge again, every morning, what stands with whoever begins or ends that day (P3)."""
    judge_every_holder()


@app.periodic(cron="20 0 * * *")
@app.task(queueing_lock="matters.redate")
def redate(timestamp: int) -> None:
    """Put approximate dates right, every night, once the program or a file knows the holidays (R22)."""
    redate_approximate(SYSTEM)


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="matters.forget")
def forget(timestamp: int) -> None:
    """Delete personal values, words and files past their retention, every night (P6).

    All by the database's clock; nothing is deleted while that jumps.
    """
    now = look_at_clock()
    if now is None:
        return
    while forget_expired(SYSTEM, now):
        pass
    while forget_past(SYSTEM, now):
        pass
    forget_receipts(SYSTEM, now)


@app.periodic(cron="53 * * * *")
@app.task(queueing_lock="matters.clock")
def watch_clock(timestamp: int) -> None:
    """Look at the database's clock every hour, so that a jump is noticed before the night."""
    look_at_clock()


def look_at_clock() -> datetime | None:
    """Return the moment by which may be deleted; none, and a line in the log, while the clock jumps."""
    try:
        return retention_moment()
    except ClockJumpedError as error:
        log.error("retention stands still", reason=str(error))
        return None
