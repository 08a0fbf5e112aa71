"""What docs/security.md says is tested is tested, and its numbers are those of the program."""

import re
from pathlib import Path

import pytest

from shige.channels.middleware import READS, WRITES
from shige.files import bounds, cells, passive_pdf, plain_picture, uploads
from shige.files import queue as turn
from shige.machine.front import body, line
from shige.machine.front import door as front
from shige.machine.processes import services
from shige.tables import separated

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
SOURCES = re.findall(r"`((?:project|channels|files)/\w+\.py)`", PAGE)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_that_is_named_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text("utf-8")


def test_it_names_tests_and_sources_that_are_there() -> None:
    assert len(NAMED) > 20
    assert all((ROOT / "src/shige" / source).exists() for source in SOURCES)


def test_its_numbers_are_those_of_the_program() -> None:
    assert services.HEADER_MILLISECONDS == 10_000 and body.IDLE_SECONDS == 10 and body.SLOWEST == 4096
    assert body.LARGEST == body.KEPT_FOR_SMALL == body.MOST_OF_ONE == 256 * 2**20
    assert (body.MOST_HELD, body.SMALL, body.LONGEST_SECONDS) == (2**30, 16 * 2**20, 900)
    assert (body.MOST_OPEN_OF_ONE, line.MOST_OF_ONE, front.MOST_WAITING) == (64, 128, 400)
    assert (line.UNREAD_MILLISECONDS, front.PIECE_SECONDS, front.ANSWER_SECONDS) == (30_000, 60, 900)
    assert (READS, WRITES, turn.AT_ONCE) == (40, 4, 3)
    assert (bounds.SECONDS, turn.SECONDS, turn.WAIT, turn.OF_PROCESS) == (20, 30, 3, 2)
    assert bounds.MOST_WRITTEN == 256 * 2**20
    assert (passive_pdf.MOST_PAGES, passive_pdf.MOST_PARTS, passive_pdf.SECONDS) == (1000, 100_000, 8)
    assert plain_picture.MOST_PIXELS == 60_000_000 and plain_picture.MEMORY == 2**30
    assert (cells.MEMORY, cells.MOST_CELLS, separated.MOST_ROWS) == (2 * 2**30, 8_000_000, 1_000_000)
    assert uploads.MOST_OF_ONE == 12 and uploads.LEFT_FREE == 64 * 2**20


def test_every_chapter_of_the_standard_has_a_line() -> None:
    assert [int(number) for number in re.findall(r"^\| V(\d+) ", PAGE, re.MULTILINE)] == list(range(1, 18))
