"""`docs/architecture.md` shows the rooms as the code has them, and names only what there is."""

import ast
import re
from pathlib import Path
from typing import Final

from shige.profile.loader import load
from tests.project.rooms import imports, picture

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "shige"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_the_picture_is_the_one_that_the_code_draws() -> None:
    assert picture() in PAGE


def test_every_room_has_its_line() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE.partition("Inside a room")[0], re.M))
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


DATA: Final = ("profile/shipped", "sample/", "rehearsal/", "migrations/")
"""Where roles are named: the profiles, and the fictional people who serve in them."""


def test_no_role_is_named_outside_the_profiles() -> None:
    """What somebody may do is declared for groups of roles, so that a profile can have other roles."""
    codes = {role.code for role in load("chengdu").roles if "_" in role.code} - {"managing_body"}
    named = [
        f"{path.relative_to(SOURCES)}: {node.value}"
        for path in SOURCES.rglob("*.py")
        if not any(part in path.as_posix() for part in DATA)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    ]
    assert named == []
