"""The whole way on real geometry: import, division, every door in its grid."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from shige.territory.cli import import_group
from shige.territory.models import Area, Building, GridVersion, Placement
from shige.territory.places.location import locate
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.trust.gate import SYSTEM
from shige.trust.queries import today

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not on this machine")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commands_here"), needs_data]


def run(*arguments: str) -> None:
    done = CliRunner().invoke(import_group, arguments)
    assert done.exit_code == 0, done.output


def test_suzhou_is_imported_divided_and_every_building_found_in_its_leaf() -> None:
    units = SHARED / "units"
    areas, barriers = str(units / "suzhou_areas.geojson"), str(units / "suzhou_barriers.geojson")
    run("units", str(units / "suzhou_units.geojson"), "--areas", areas, "--barriers", barriers)
    assert Building.objects.count() == 2960
    street = Area.objects.get(code="990101001000")
    decide_plan(SYSTEM, propose_plan(SYSTEM, street), today())
    placed = Placement.objects.filter(valid__contains=today())
    assert placed.values("building").distinct().count() == 2960
    assert GridVersion.objects.filter(level="community").count() == 16
    for house in Building.objects.order_by("unit")[::40]:
        located = locate(house.lon, house.lat)
        assert located and located.lineage.leaf
        here = Placement.objects.filter(building=located.building, leaf=located.lineage.leaf)
        assert here.exists(), house.unit


def test_the_tree_of_chengdu_is_imported() -> None:
    for name in ("areas", "streets", "communities"):
        run("divisions", str(SHARED / "chengdu" / f"chengdu_{name}.csv"))
    assert Area.objects.filter(level="community").count() == 3047
    assert Area.objects.get(code="510104017001").street.name == "锦官驿街道"  # type: ignore[union-attr]
