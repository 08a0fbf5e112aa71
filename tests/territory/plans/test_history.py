"""Any past or coming day on the map: the list, the detail and the tiles of that day (R5)."""

from datetime import timedelta
from typing import Any

import pytest
from mapbox_vector_tile import decode

from shige.territory.models import GridVersion, Plan
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.tiles import box_of_tile
from shige.trust.gate import SYSTEM
from shige.trust.queries import today
from tests.territory.plans.test_plans import more_houses

from ..conftest import BEGUN, TOMORROW, SignIn
from ..ground import SOUTH, WEST

TILE = (16, 51711, 26903)


@pytest.fixture
def later(divided: Plan) -> Plan:
    """A second division that holds from tomorrow."""
    return decide_plan(SYSTEM, more_houses(divided.scope), today() + TOMORROW)


def test_a_tile_knows_its_place() -> None:
    west, south, east, north = box_of_tile(TILE)
    assert west < WEST < east and south < SOUTH < north
    assert 0.005 < east - west < 0.006


@pytest.mark.parametrize(("shift", "holds"), [(timedelta(0), 0), (TOMORROW, 1), (-2 * BEGUN, None)])
def test_the_map_shows_the_grids_of_the_day(
    later: Plan, sign_in: SignIn, shift: timedelta, holds: int | None
) -> None:
    day = today() + shift
    client = sign_in("street_officer", later.scope)
    page = client.get("/map/", {"on": day.isoformat()})
    wanted = GridVersion.objects.filter(valid__contains=day).count()
    assert page.context["count"] == wanted
    assert (wanted > 0) is (holds is not None)
    assert f"/tiles/on/{day.isoformat()}/" in page.content.decode()
    assert sum(line.grids for line in page.context["figures"]) == wanted


def tile_of(client: Any, day: Any) -> Any:
    return client.get("/tiles/on/{}/{}/{}/{}.mvt".format(day, *TILE))


def test_the_tiles_show_the_grids_of_the_day(later: Plan, sign_in: SignIn) -> None:
    client = sign_in("street_officer", later.scope)
    now, then = tile_of(client, today()), tile_of(client, today() + TOMORROW)
    assert now.status_code == then.status_code == 200
    counts = [len(decode(tile.content)["micro"]["features"]) for tile in (now, then)]
    assert counts[0] < counts[1]
    assert tile_of(client, today() - 2 * BEGUN).status_code == 204


@pytest.mark.parametrize("address", ["yesterday/14/1/1", "2026-01-01/3/1/1", "2026-01-01/14/99999999/1"])
def test_no_tile_of_no_day_or_place(divided: Plan, sign_in: SignIn, address: str) -> None:
    assert sign_in("street_officer", divided.scope).get(f"/tiles/on/{address}.mvt").status_code == 404


def test_a_grid_that_has_ended_is_found_on_its_day(divided: Plan, sign_in: SignIn) -> None:
    version = GridVersion.objects.filter(level="micro").select_related("area")[0]
    version.valid = type(version.valid)(version.valid.lower, today() - TOMORROW)
    version.save(update_fields=["valid"])
    client = sign_in("street_officer", divided.scope)
    assert client.get(f"/map/grids/{version.area.code}/").status_code == 404
    past = (today() - 2 * TOMORROW).isoformat()
    assert client.get(f"/map/grids/{version.area.code}/", {"on": past}).status_code == 200


def test_the_days_on_which_grids_changed_are_offered(later: Plan, sign_in: SignIn) -> None:
    page = sign_in("street_officer", later.scope).get("/map/")
    assert page.context["days"] == [today() + TOMORROW, today() - BEGUN]
