"""A file is written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from shige.trust.whole_file import is_full, write_whole


def test_it_stands_there_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "note.json"
    write_whole(path, "实格")
    assert path.read_text() == "实格"
    assert path.stat().st_mode & 0o777 == 0o600
    write_whole(path, b"again", 0o644)
    assert path.read_bytes() == b"again"
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_without_room_the_old_one_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new" / "note.json"
    write_whole(path, "old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room") as raised:
        write_whole(path, "new")
    assert is_full(raised.value)
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]
