"""Looks after the queue itself."""

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="project.resume", pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:
    """Give back, every minute, the jobs whose process ended in the middle of them; each may run twice."""
    queue = context.app.job_manager
    for job in await queue.get_stalled_jobs():
        await queue.retry_job(job)
