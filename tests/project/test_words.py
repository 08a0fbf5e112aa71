"""Whatever the program says in English, it says in Chinese too."""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2] / "src" / "shige"
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
CALLS = [*PLAIN, *IN_CONTEXT]
SOURCES = [
    path
    for path in sorted([*ROOT.glob("**/*.py"), *ROOT.glob("*/templates/**/*.html")])
    if not {"migrations", "static"} & set(path.parts)
]

Message = tuple[str, str]
"""The context ("" for none) and the English words."""


def known() -> set[Message]:
    """Return every message that some room puts into Chinese."""
    found = set()
    for path in ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in read_po(BytesIO(path.read_bytes())):
            words = entry.id if isinstance(entry.id, str) else entry.id[0]
            if all((entry.string,) if isinstance(entry.string, str) else entry.string):
                found.add((entry.context or "", words))
    return found


def said(path: Path) -> Iterator[Message]:
    """Yield what a source file says."""
    text = path.read_text(encoding="utf-8")
    return from_template(text) if path.suffix == ".html" else from_python(text)


def from_python(text: str) -> Iterator[Message]:
    """Yield the literal messages of a module; others are looked up where they are declared."""
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        words = [part.value for part in call.args[:2] if isinstance(part, ast.Constant)]
        if call.func.id in IN_CONTEXT and len(words) == 2:
            yield str(words[0]), str(words[1])
        elif call.func.id in PLAIN and words:
            yield "", str(words[0])


def from_template(text: str) -> Iterator[Message]:
    """Yield the messages of a template."""
    lines = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, call, words, _comments in extract_python(BytesIO(lines.encode()), CALLS, [], {}):
        if call in IN_CONTEXT and isinstance(words, tuple):
            yield words[0], words[1]
        else:
            yield "", words[0] if isinstance(words, tuple) else words


CHINESE = known()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_message_has_its_chinese_words(path: Path) -> None:
    missing = [words for words in said(path) if words[1] and words not in CHINESE]
    assert missing == []


def test_no_message_is_said_in_two_ways() -> None:
    """The rooms' words are one list, in which the first room's win: the same English means the same."""
    ways: dict[Message, set[object]] = {}
    for path in ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in read_po(BytesIO(path.read_bytes())):
            if entry.id:
                words = entry.id if isinstance(entry.id, str) else entry.id[0]
                ways.setdefault((entry.context or "", words), set()).add(entry.string)
    assert {message: said for message, said in ways.items() if len(said) > 1} == {}
