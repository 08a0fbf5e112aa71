"""Long work goes to the job process once the change is committed."""

from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from shige.territory import jobs
from shige.territory.deferred import DRAW_PLAN, MAKE_TILES, plan_later
from shige.territory.intake.commands.units import import_units
from shige.territory.models import Area, Plan, TileSet
from shige.territory.plans.commands.proposal import request_plan
from shige.trust.gate import SYSTEM

from .ground import ground, units


def waiting() -> list[tuple[str, dict[str, Any]]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", "args"))


@pytest.mark.parametrize("name", [MAKE_TILES, DRAW_PLAN])
def test_every_job_that_is_asked_for_is_known(name: str) -> None:
    assert name in app.tasks


@pytest.mark.django_db
def test_imports_ask_for_the_base_map_once(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        import_units(SYSTEM, ground(units(1)).units)
        import_units(SYSTEM, ground(units(2)).units)
    assert waiting().count((MAKE_TILES, {"kind": "base"})) == 1  # jobs of committed tests may stand there


def test_a_requested_plan_is_computed_by_its_job(street: Area) -> None:
    plan = request_plan(SYSTEM, street)
    jobs.draw_plan(plan.pk)
    plan.refresh_from_db()
    assert plan.state == Plan.State.PROPOSED


def test_a_plan_that_cannot_be_computed_says_why(
    street: Area, django_capture_on_commit_callbacks: Any
) -> None:
    empty = Area.objects.create(
        kind="division", level="street", code="990101009000", name="空街道", sort_key="x"
    )
    plan = request_plan(SYSTEM, empty)
    with django_capture_on_commit_callbacks(execute=True):
        plan_later(plan.pk)
    assert (DRAW_PLAN, {"plan": plan.pk}) in waiting()
    jobs.draw_plan(plan.pk)
    plan.refresh_from_db()
    assert plan.state == Plan.State.FAILED
    assert "空街道" in plan.reason


def test_a_new_day_draws_the_grids_anew(divided: Plan) -> None:
    jobs.begin_day(0)
    assert TileSet.objects.filter(kind=TileSet.Kind.GRIDS, tiles__gt=0).exists()
