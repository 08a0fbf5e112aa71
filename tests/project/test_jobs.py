"""A job whose process was killed is done again."""

from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from shige.project.jobs import resume
from shige.territory.deferred import MAKE_TILES


@pytest.mark.django_db
@pytest.mark.parametrize(("worker", "after"), [(None, "todo"), ("alive", "doing"), ("dead", "todo")])
def test_a_job_without_a_living_worker_is_given_back(worker: str | None, after: str) -> None:
    job = app.configure_task(MAKE_TILES).defer(kind="base")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second')"
            " RETURNING id",
            [0 if worker == "alive" else 120],
        )
        held_by = cursor.fetchone()[0] if worker else None
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [held_by, job]
        )
    async_to_sync(resume.func)(SimpleNamespace(app=app), 0)
    assert ProcrastinateJob.objects.get(pk=job).status == after
