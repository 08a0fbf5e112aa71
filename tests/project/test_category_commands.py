"""`shige category train`: it learns, measures, says how good it is, and puts it in use."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from shige.language.learned import Quality, Scores
from shige.matters.suggesting import learned
from shige.project.category_commands import category, report
from tests.matters.test_suggesting import closed
from tests.matters.town import Town, build


@pytest.fixture
def town(db: None) -> Town:
    """Build the small town."""
    return build()


@pytest.fixture
def model(tmp_path: Path, settings: object) -> Path:
    """Let this test have a model file of its own; return where it lies."""
    settings.SHIGE_CATEGORY_MODEL = tmp_path / "category.npz"  # type: ignore[attr-defined]
    return tmp_path / "category.npz"


@pytest.fixture
def category_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work on the test's own database instead of starting one."""
    monkeypatch.setattr("shige.project.category_commands.running", lambda data: nullcontext())


def test_the_command_trains_measures_and_stores(model: Path, town: Town, category_here: None) -> None:
    closed(town, "垃圾没人收")
    done = CliRunner().invoke(category, ["train"])
    assert done.exit_code == 0, done.output
    assert "1 matters" in done.output and "labels that it had not seen" in done.output
    assert "keywords alone" in done.output
    held = learned()
    assert held is not None and held.quality.learned.first > held.quality.lexicon.first


def test_nothing_measured_is_said_so() -> None:
    none = Scores(0, 0, 0)
    assert "not measured" in report(Quality("labels", none, none, ()), {})[0]
