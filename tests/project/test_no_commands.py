"""Pages tell people at work whom to ask; command lines and settings of the machine stand in the guides."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from .test_words import ROOT, SOURCES, said

COMMANDS = re.compile(
    r"\bshige [a-z]+|\bSHIGE_|(?<!\S)--[a-z]|（命令行|\bpip install\b|\binstall the package\b"
)

PAGES = [path for path in SOURCES if path.suffix == ".html" or path.stem == "pages" or "pages" in path.parts]


def test_no_page_shows_a_command() -> None:
    shown = {(path.name, words) for path in PAGES for _context, words in said(path) if COMMANDS.search(words)}
    assert shown == set()


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")), ids=lambda path: path.parents[3].name
)
def test_no_translation_adds_one(path: Path) -> None:
    for entry in read_po(BytesIO(path.read_bytes())):
        if isinstance(entry.id, str) and not COMMANDS.search(entry.id):
            assert not COMMANDS.search(str(entry.string)), entry.id


def test_the_pattern_knows_a_command() -> None:
    assert COMMANDS.search("Run “shige category train” again.")
