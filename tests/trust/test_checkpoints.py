"""Lines of the checkpoints are signed, chained, only added, and a broken-off one hides nothing."""

import json
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shige.trust.checkpoints import (
    CheckpointKeys,
    KeyFileError,
    Kind,
    Line,
    Log,
    LogError,
    append,
    is_empty,
    make_keys,
    read_keys,
    read_log,
)

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> CheckpointKeys:
    return make_keys(tmp_path / "key")


def line(position: int, kind: Kind = Kind.CHECKPOINT, **more: object) -> Line:
    """Return a line as the sequencer hands it over."""
    moment = NOON + timedelta(minutes=position)
    return Line(kind, position, position, f"{position:064x}", moment, "", "", dict(more))


def read(folder: Path, keys: CheckpointKeys) -> Log:
    """Read with the public halves of ``keys``."""
    return read_log(folder, {name.hex(): key for name, key in keys.public().items()})


def the_file(folder: Path) -> Path:
    """Return the only file."""
    (path,) = folder.glob("*.jsonl")
    return path


def test_lines_are_read_as_they_were_written(tmp_path: Path, keys: CheckpointKeys) -> None:
    for position in (1, 5):
        append(tmp_path / "log", keys, line(position))
    assert [(one.position, one.at) for one in read(tmp_path / "log", keys).lines] == [
        (1, NOON + timedelta(minutes=1)),
        (5, NOON + timedelta(minutes=5)),
    ]


def test_key_and_lines_are_for_their_owner_only(tmp_path: Path, keys: CheckpointKeys) -> None:
    append(tmp_path / "log", keys, line(1))
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(the_file(tmp_path / "log").stat().st_mode) == 0o600
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        read_keys(tmp_path / "key")


def test_a_changed_a_removed_and_a_foreign_line_are_found(tmp_path: Path, keys: CheckpointKeys) -> None:
    folder = tmp_path / "log"
    for position in (1, 2, 3):
        append(folder, keys, line(position))
    path = the_file(folder)
    good = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([good[0], good[1].replace(b'"position":2', b'"position":9'), good[2]]))
    with pytest.raises(LogError, match="not signed"):
        read(folder, keys)
    path.write_bytes(good[0] + good[2])
    with pytest.raises(LogError, match="missing or changed"):
        read(folder, keys)
    path.write_bytes(b"".join(good))
    append(folder, make_keys(tmp_path / "other"), line(4))
    with pytest.raises(LogError, match="not signed"):
        read(folder, keys)


def test_a_line_that_was_broken_off_is_passed_over_and_the_next_one_stands_alone(
    tmp_path: Path, keys: CheckpointKeys
) -> None:
    folder = tmp_path / "log"
    append(folder, keys, line(1))
    path = the_file(folder)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    append(folder, keys, line(2))
    log = read(folder, keys)
    assert ([one.position for one in log.lines], log.torn) == ([1, 2], 1)


def test_a_new_month_has_a_file_of_its_own_and_older_ones_may_lie_elsewhere(
    tmp_path: Path, keys: CheckpointKeys
) -> None:
    folder = tmp_path / "log"
    append(folder, keys, line(1))
    append(folder, keys, replace(line(2), at=NOON + timedelta(days=5)))
    append(folder, keys, line(3))  # the clock was put back
    assert [path.name for path in sorted(folder.glob("*.jsonl"))] == ["2026-11.jsonl", "2026-12.jsonl"]
    assert [one.position for one in read(folder, keys).lines] == [1, 2, 3]
    (folder / "2026-11.jsonl").unlink()
    assert [one.position for one in read(folder, keys).lines] == [2, 3]


def test_a_new_key_is_known_by_the_line_of_the_one_before(tmp_path: Path, keys: CheckpointKeys) -> None:
    folder, later = tmp_path / "log", make_keys(tmp_path / "later")
    append(folder, keys, line(1, Kind.KEY, public=later.public()[later.current].hex()))
    append(folder, later, line(2))
    assert [one.position for one in read(folder, keys).lines] == [1, 2]


def test_several_who_add_at_once_make_one_chain(tmp_path: Path, keys: CheckpointKeys) -> None:
    folder = tmp_path / "log"
    adders = [threading.Thread(target=append, args=(folder, keys, line(number))) for number in range(8)]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    assert len(read(folder, keys).lines) == 8


def test_a_break_takes_back_what_lay_behind_it() -> None:
    lines = (line(2), line(5), line(9), line(6, Kind.BREAK, continues=True), line(7))
    assert sorted(Log(lines, 0).marks()) == [2, 5, 6, 7]
    strange = (line(2), line(5), line(3, Kind.BREAK, continues=False))
    assert sorted(Log(strange, 0).marks()) == [3]


def test_what_is_no_line_is_none(tmp_path: Path, keys: CheckpointKeys) -> None:
    assert is_empty(tmp_path / "nothing")
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / "2026-11.jsonl").write_text(json.dumps([1]) + "\n[]\nnull\n{}\n")
    assert is_empty(folder)
    append(folder, keys, line(1))
    assert len(read(folder, keys).lines) == 1
