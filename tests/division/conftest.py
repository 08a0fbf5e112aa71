from dataclasses import dataclass, field

import pytest

from shige.division import divide
from shige.division.input import read_areas, read_barriers, read_units
from shige.division.output import write_division
from shige.profile.grids import GridRules
from tests.division.cities import save


@dataclass(frozen=True)
class Rules:
    """A profile that is only its grids."""

    grids: GridRules = field(default_factory=GridRules)


@pytest.fixture
def run(tmp_path):
    """Divide features with the library and write the files; returns the division and the folder."""

    def divided(features, barriers=(), *, areas=None, previous=None, rules=None, name="out", **more):
        save(tmp_path / "units.geojson", features)
        save(tmp_path / "barriers.geojson", list(barriers))
        read = read_units(features), read_barriers(barriers), read_areas(areas or [])
        assert not [problem for _, problems in read for problem in problems]
        division = divide(
            read[0][0],
            read[1][0],
            Rules(rules or GridRules()),
            previous,
            areas=read[2][0] if areas else None,
            **more,
        )
        write_division(division, tmp_path / name)
        return division, tmp_path / name

    return divided
