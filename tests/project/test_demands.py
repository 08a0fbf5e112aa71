"""Demands are named by number and explained once, in `docs/demands.md`: neither runs ahead of the other."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "demands.md"
ROW = re.compile(r"^\| ([RP]\d+) \| (.+) \| ([a-z_, ]+) \| (planned|`[^`]+`) \|$", re.M)
REFERENCE = re.compile(r"(?<![\w.-])[RP][1-9]\d?(?![\w-])")
READ = {".py", ".md", ".toml", ".html", ".ts"}
ROOMS_TO_COME = {"people", "phone", "exchange"}

DEMANDS = {
    number: (rooms.split(", "), held) for number, _, rooms, held in ROW.findall(PAGE.read_text("utf-8"))
}


@cache
def references() -> dict[str, list[str]]:
    """Where each number is named outside the page itself: number to files."""
    found: dict[str, list[str]] = {}
    for top in ("src/shige", "tests", "docs", "bench", "frontend/src"):
        for path in (ROOT / top).rglob("*"):
            if path.suffix in READ and "static" not in path.parts and path not in (PAGE, Path(__file__)):
                for number in set(REFERENCE.findall(path.read_text("utf-8", errors="replace"))):
                    found.setdefault(number, []).append(str(path.relative_to(ROOT)))
    return found


def test_the_page_has_every_demand_in_order() -> None:
    assert list(DEMANDS) == [f"R{n}" for n in range(1, 47)] + [f"P{n}" for n in range(1, 9)]


def test_every_reference_is_explained() -> None:
    assert {number: where for number, where in references().items() if number not in DEMANDS} == {}


def test_what_is_kept_is_named_where_it_is_kept() -> None:
    named = references()
    missing = []
    for number, (rooms, held) in DEMANDS.items():
        inside = {where.split("/")[2] for where in named.get(number, ()) if where.startswith("src/shige/")}
        if held != "planned" and not inside & set(rooms):
            missing.append(number)
    assert missing == []


def test_each_is_held_by_a_test_that_is_there_or_planned() -> None:
    wrong = []
    for number, (_, held) in DEMANDS.items():
        if held != "planned":
            path, _, name = held.strip("`").partition("::")
            file = ROOT / "tests" / path
            if not file.is_file() or f"def {name}(" not in file.read_text("utf-8"):
                wrong.append(f"{number}: {held}")
    assert wrong == []


def test_rooms_are_there_or_to_come() -> None:
    there = {path.name for path in (ROOT / "src" / "shige").iterdir() if path.is_dir()}
    assert {room for rooms, _ in DEMANDS.values() for room in rooms} <= there | ROOMS_TO_COME
