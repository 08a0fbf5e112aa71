"""Background jobs of the figures."""

from procrastinate.contrib.django import app

from .commands import advance


@app.periodic(cron="* * * * *")
@app.task(name="insight.advance_figures", queueing_lock="insight.advance_figures")
def advance_figures(timestamp: int) -> None:
    """Read what the journal holds since the last minute, to its end."""
    while advance():
        pass
