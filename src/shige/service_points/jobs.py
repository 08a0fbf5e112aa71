"""Background jobs of service points."""

import structlog
from procrastinate.contrib.django import app

from shige.trust.commands import ClockJumpedError, retention_moment
from shige.trust.gate import SYSTEM

from .bookings.commands import forget_past, release_missed

log = structlog.get_logger()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="service_points.release")
def release(timestamp: int) -> None:
    """Give the times back for which nobody came, every five minutes."""
    release_missed(SYSTEM)


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="service_points.forget")
def forget(timestamp: int) -> None:
    """Forget what was said with bookings that are over, every hour (P6)."""
    try:
        now = retention_moment()
    except ClockJumpedError as error:
        log.error("retention stands still", reason=str(error))
        return
    while forget_past(SYSTEM, now):
        pass
