"""`docs/glossary.md` gives one word for a thing: code has those names, and no two rows share a word."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?!中文)([^|-][^|]*) \| ([^|]+) \| `(\w+)` \| ([^|]+) \|$", re.M)
ROWS = ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))


@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_word_stands_for_one_thing(column: int) -> None:
    assert [word for word, times in Counter(row[column] for row in ROWS).items() if times > 1] == []


def test_code_has_the_names_that_the_glossary_gives() -> None:
    package = ROOT / "src" / "shige"
    paths = [path for path in package.rglob("*.py") if "migrations" not in path.parts]
    names = {path.stem for path in paths} | {
        part for path in paths for part in path.relative_to(package).parts[:-1]
    }
    for path in paths:
        names.update(re.findall(r"^\s*(?:class|def) (\w+)|^\s+(\w+)(?::| =)", path.read_text("utf-8"), re.M))
    known = {name for name in names for name in (name if isinstance(name, tuple) else (name,))}
    assert len(ROWS) > 40
    assert [code for *_, code, _ in ROWS if code not in known] == []
