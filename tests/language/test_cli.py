"""`shige danger FILE` prints what others may rely on: counts, shares with intervals, and every miss."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shige.language.cli import danger

DANGER = "violence\t老公打我\nviolence\t天气真好\nnone\t路灯不亮\nnone\t有人拿刀砍人\n"
COMPLAINTS = "staff\t网格员收了钱不办事，态度很差\nnone\t谢谢网格员\n"


def run(file: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(danger, [str(file), *options])
    return done.exit_code, done.output


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    file = tmp_path / "texts.tsv"
    file.write_text(DANGER)
    return file


def test_it_prints_texts_alarms_recall_and_each_miss(texts: Path) -> None:
    code, said = run(texts)
    told = json.loads(said)
    assert code == 0
    assert (told["texts"], told["alarms"], told["harmless"], told["false_alarms"]) == (4, 2, 2, 1)
    assert (told["recall"], told["false_alarm_rate"]) == (0.5, 0.5)
    assert len(told["recall_interval"]) == len(told["false_alarm_interval"]) == 2
    assert told["by_kind"]["violence"]["texts"] == 2
    assert [miss["text"] for miss in told["misses"]] == ["天气真好"]
    assert [alarm["text"] for alarm in told["alarmed"]] == ["有人拿刀砍人"]


def test_complaints_are_measured_alike(tmp_path: Path) -> None:
    file = tmp_path / "complaints.tsv"
    file.write_text(COMPLAINTS)
    code, said = run(file, "--complaints")
    told = json.loads(said)
    assert code == 0 and (told["texts"], told["alarms"], told["recall"], told["false_alarms"]) == (
        2,
        1,
        1.0,
        0,
    )


def test_lines_of_one_kind_may_hold_a_text_alone(tmp_path: Path) -> None:
    file = tmp_path / "ordinary.txt"
    file.write_text("路灯不亮\n垃圾没人收\n")
    code, said = run(file, "--kind", "none")
    assert code == 0 and json.loads(said)["false_alarms"] == 0


def test_an_unknown_kind_and_a_missing_file_are_named(tmp_path: Path) -> None:
    file = tmp_path / "texts.tsv"
    file.write_text("weather\t下雨了\n")
    code, said = run(file)
    assert code == 1 and "no kind weather" in said
    assert run(tmp_path / "absent.tsv")[0] == 1
