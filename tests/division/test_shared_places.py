from pathlib import Path

import pytest
from click.testing import CliRunner

from shige.cli import main
from tests.division.checker import faults

SHARED = Path(__file__).parents[3] / "shared" / "data" / "units"


@pytest.mark.parametrize("place", ["suzhou", "shanghai"])
def test_a_real_place_is_divided_by_every_rule_or_the_breach_is_stated(place, tmp_path):
    units, barriers, areas = (SHARED / f"{place}_{kind}.geojson" for kind in ("units", "barriers", "areas"))
    if not units.exists():
        pytest.skip(f"{units} is not on this machine")
    words = ["divide", str(units), "--barriers", str(barriers), "--areas", str(areas)]
    done = CliRunner().invoke(main, [*words, "--output", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert faults(units, tmp_path, areas, barriers) == []
