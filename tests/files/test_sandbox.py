"""Files that ask for more than they may have are refused, and nothing else suffers."""

import io
import os
import resource
import threading
import time
from datetime import date, datetime
from errno import EACCES, EMFILE, EPERM
from pathlib import Path
from typing import Any

import openpyxl
import psutil
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from shige.files import landlock
from shige.files import queue as turn
from shige.files import sandbox as box
from shige.files.bounds import TOO_LARGE, TOO_SLOW, UNREADABLE
from shige.files.pictures import read_picture
from shige.files.sandbox import read_in_box
from shige.files.sheets import workbook_sheet
from tests.files.greedy import WAYS

ROOT = Path(__file__).resolve().parents[2]


def workbook(**cells: Any) -> bytes:
    """Return a workbook with some cells by their names."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for place, value in cells.items():
        book.active[place] = value
    book.save(content)
    return content.getvalue()


def bomb(mode: str = "1") -> bytes:
    """Return a PNG of 7 kB and almost as many pixels as are decoded."""
    written = io.BytesIO()
    Image.new(mode, (7740, 7740)).save(written, "PNG")
    return written.getvalue()


def test_a_cell_in_the_last_row_and_column_ends_nothing_but_its_box() -> None:
    with pytest.raises(ValidationError, match="rows and columns at its end"):
        workbook_sheet(workbook(A1="编号", XFD1048576="x"))


def test_cells_arrive_as_what_they_are() -> None:
    day = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 (a workbook knows no zone)
    rows = workbook_sheet(workbook(A1="甲", B1=2, C1=True, A3=day, C3=date(2026, 3, 2))).rows
    assert rows == [["甲", 2.0, True], ["", "", ""], [day, "", date(2026, 3, 2)]]


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + bytes(999), b"\xd0\xcf\x11\xe0" + bytes(600)]
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="no workbook"):
        workbook_sheet(content)


def test_eight_small_bombs_at_once_take_no_more_memory_than_the_boxes_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turn, "_threads", threading.Semaphore(8))
    monkeypatch.setattr(turn, "WAIT", 60.0)
    content, most, done = bomb(), 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.02):
            held = 0
            for child in psutil.Process().children():
                try:
                    held += child.memory_info().rss if "shige.files.plain_picture" in child.cmdline() else 0
                except psutil.Error:
                    continue
            most = max(most, held)

    watcher = threading.Thread(target=watch)
    watcher.start()
    senders = [threading.Thread(target=read_picture, args=(content,)) for _ in range(8)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    done.set()
    watcher.join()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert 0 < most < 3 * 2**30 / 2, most
    assert grown < 100 * 1024, "in kB: the program itself decodes nothing"


@pytest.fixture
def greedy(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a program that takes what it is told to take."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT / "src"), str(ROOT))))
    return "tests.files.greedy"


def test_a_program_that_takes_too_much_memory_or_time_is_ended(
    greedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_in_box(greedy, b"little").about == {"took": "little"}
    assert read_in_box(greedy, b"memory").status == TOO_LARGE
    assert read_in_box(greedy, b"gives up").status == TOO_LARGE
    monkeypatch.setattr(turn, "SECONDS", 1.0)
    began = time.monotonic()
    assert read_in_box(greedy, b"sleep").status == TOO_SLOW
    assert time.monotonic() - began < 5
    assert read_in_box(greedy, b"output").status == TOO_LARGE
    assert read_in_box(greedy, b"crash").status not in (0, TOO_LARGE, TOO_SLOW)
    assert read_in_box(greedy, b"nonsense").status == UNREADABLE


@pytest.mark.skipif(landlock.version() < landlock.SCOPES_FROM, reason="this kernel can forbid less")
@pytest.mark.parametrize("way", WAYS, ids=bytes.decode)
def test_a_decoder_that_is_taken_over_reaches_nothing(
    greedy: str, way: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = tmp_path / "lying"
    lying.touch()
    monkeypatch.setenv("PATH", str(lying))
    assert read_in_box(greedy, way).about.get("error") in (EACCES, EPERM, EMFILE)
    assert lying.exists()


def test_a_box_knows_no_secret_of_ours(greedy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIGE_SECRET_KEY", "s3cret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://")
    told = read_in_box(greedy, b"environment").about
    assert "PATH" in told and set(told) <= set(box.INHERITED) | {"LC_CTYPE"}
