"""Background jobs of the figures."""

from procrastinate.contrib.django import app

from .commands import advance
from .publication import decide_all
from .queries import complete_until


@app.periodic(cron="* * * * *")
@app.task(name="insight.advance_figures", queueing_lock="insight.advance_figures")
def advance_figures(timestamp: int) -> None:
    """Read what the journal holds since the last minute, to its end."""
    while advance():
        pass


@app.periodic(cron="50 2 * * *")
@app.task(queueing_lock="insight.decide_told")
def decide_told(timestamp: int) -> None:
    """Decide, every night, what may be told of the months that are over (P8)."""
    decide_all(complete_until())
