"""`docs/architecture.md` shows the rooms as the code has them, and names only what there is."""

import re
from pathlib import Path

from tests.project.rooms import imports, picture

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_the_picture_is_the_one_that_the_code_draws() -> None:
    assert picture() in PAGE


def test_every_room_has_its_line() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M))
    assert told == set(imports())


def test_every_file_and_name_that_a_recipe_sends_to_is_there() -> None:
    recipes = PAGE.partition("## The rooms")[2]
    package = ROOT / "src" / "shige"
    paths = set(re.findall(r"`?((?:src/shige/|tests/)?[a-z]+(?:/[a-z_]+)+\.(?:py|md))", recipes))
    assert len(paths) > 15
    assert [
        path for path in sorted(paths) if not (ROOT / path).exists() and not (package / path).exists()
    ] == []
    code = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    brought = set(re.findall(r"`(?:[a-z_.]+\.)?((?:bring|declare|vouch|erase)\w*)", recipes))
    assert len(brought) > 8
    assert [name for name in sorted(brought) if f"def {name}(" not in code] == []
