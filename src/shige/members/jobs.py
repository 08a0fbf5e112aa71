"""Background jobs of the members' register."""

import structlog
from procrastinate.contrib.django import app

from shige.trust.commands import ClockJumpedError, retention_moment
from shige.trust.gate import SYSTEM

from .erasure import forget_past

log = structlog.get_logger()


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="members.forget")
def forget(timestamp: int) -> None:
    """Erase, every hour, invitations and declarations of 14 days, and entries past their time (P6)."""
    try:
        now = retention_moment()
    except ClockJumpedError as error:
        log.error("retention stands still", reason=str(error))
        return
    while forget_past(SYSTEM, now):
        pass
