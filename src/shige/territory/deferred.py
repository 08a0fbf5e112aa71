"""Hand long work to the job process, once the transaction at hand is committed."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

MAKE_TILES = "territory.make_tiles"
DRAW_PLAN = "territory.draw_plan"


def tiles_later(kind: str) -> None:
    """Have an edition of tiles made; one that waits already will show this change too."""
    transaction.on_commit(lambda: defer(MAKE_TILES, kind, kind=kind))


def plan_later(plan: int) -> None:
    """Have a requested plan computed."""
    transaction.on_commit(lambda: defer(DRAW_PLAN, str(plan), plan=plan))


def tiles_in_work(kind: str) -> bool:
    """Say whether an edition of tiles waits to be made or is being made."""
    waiting = ProcrastinateJob.objects.filter(task_name=MAKE_TILES, status__in=["todo", "doing"])
    return waiting.filter(args__kind=kind).exists()


def defer(task: str, lock: str, **arguments: str | int) -> None:
    """Put a job into the queue unless the same one waits there."""
    job = app.configure_task(task, queueing_lock=f"{task} {lock}")
    try:
        with transaction.atomic():  # the refusal of a second one must not spoil a transaction around us
            job.defer(**arguments)
    except AlreadyEnqueued:
        return
