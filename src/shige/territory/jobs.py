"""Background jobs of the ground plan, each calling one command."""

from django.core.exceptions import ValidationError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from shige.trust.gate import SYSTEM

from .deferred import DRAW_PLAN, MAKE_TILES
from .intake.uploads import drop_stale
from .models import Plan, TileSet
from .places import index_landmarks
from .plans.commands import proposal
from .plans.commands.force import bring_into_force
from .tiles import commands as tiles


@app.task(name=MAKE_TILES, retry=RetryStrategy(max_attempts=5, linear_wait=10))
def make_tiles(kind: str) -> None:
    """Draw the base map or the grids anew; what is drawn is found by its name as well."""
    index_landmarks()
    tiles.make_tiles(SYSTEM, kind)


@app.task(name=DRAW_PLAN)
def draw_plan(plan: int) -> None:
    """Compute a requested plan; one that cannot be computed says why."""
    requested = Plan.objects.get(pk=plan)
    try:
        proposal.draw_plan(SYSTEM, requested)
    except ValidationError as error:
        proposal.give_plan_up(SYSTEM, requested, error.messages[0])
    except Exception as error:
        proposal.give_plan_up(SYSTEM, requested, str(error))
        raise


@app.periodic(cron="5 0 * * *")
@app.task(name="territory.begin_day")
def begin_day(timestamp: int) -> None:
    """Bring plans decided for today into force, and draw the grids with today's staff."""
    bring_into_force()
    index_landmarks()
    tiles.make_tiles(SYSTEM, TileSet.Kind.GRIDS)
    drop_stale()
