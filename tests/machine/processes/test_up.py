"""The program does not begin with rules that it cannot keep."""

from pathlib import Path

import pytest

from shige.machine.processes.up import check_rules
from shige.machine.refusal import Refusal


def test_the_default_rules_are_accepted() -> None:
    check_rules({})


def test_a_profile_that_does_not_hold_together_is_refused_with_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "town.toml"
    file.write_text("[grids]\nmicro = { low = 50, target = 20, high = 100 }\n", "utf-8")
    with pytest.raises(Refusal, match=r"grids\.micro"):
        check_rules({"SHIGE_PROFILE": str(file)})


def test_an_unknown_profile_is_refused_with_the_names_of_the_known(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="chengdu, generic"):
        check_rules({"SHIGE_PROFILE": "nowhere"})


def test_a_holiday_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"days\.csv"):
        check_rules({"SHIGE_HOLIDAYS": str(tmp_path / "days.csv")})
