"""Every action that is asked for is brought by a room, and every one brought is asked for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from shige.trust.gate import Scope, Viewer, may
from shige.trust.navigation import desk_entries, rail_entries
from shige.trust.permissions import PERMISSIONS, roles_for

SOURCE: Final = Path(__file__).parents[2] / "src" / "shige"
GATES: Final = {
    "clearance", "holding", "in_reach", "may", "opinion_areas", "require", "roles_for", "scope_over",
    "seen_in_area", "staff_page", "visible", "_locked",
}  # fmt: skip
"""Functions that are asked with an action: ``may(viewer, "plan.see")``."""

ACTION: Final = re.compile(r"[a-z]+\.[a-z]+")


def asked_in(path: Path) -> Iterator[str]:
    """Yield the actions that a module asks for by their names."""
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
            said = [part.value for part in call.args if isinstance(part, ast.Constant)]
            yield from (
                word for word in said if name in GATES and isinstance(word, str) and ACTION.fullmatch(word)
            )


def test_every_action_that_is_asked_for_is_brought_by_a_room() -> None:
    asked = {action for path in SOURCE.rglob("*.py") for action in asked_in(path)}
    assert len(asked) > 25
    assert asked - PERMISSIONS.keys() == set()


def test_every_action_that_a_room_brings_is_asked_for() -> None:
    texts = [
        path.read_text()
        for path in SOURCE.rglob("*.py")
        if path.name not in ("apps.py", "permissions.py") and "migrations" not in path.parts
    ]
    assert [action for action in PERMISSIONS if not any(f'"{action}"' in text for text in texts)] == []


def test_an_entry_of_the_rail_and_a_desk_open_with_an_action_that_is_brought() -> None:
    entries = (*rail_entries(), *desk_entries())
    assert {entry.action for entry in entries} - PERMISSIONS.keys() == set()


def test_every_action_is_held_by_some_role() -> None:
    assert [action for action in PERMISSIONS if not roles_for(action)] == []


def test_what_no_room_has_brought_may_nobody_do() -> None:
    with pytest.raises(KeyError):
        may(Viewer(scopes=(Scope(0, "street_officer", "street", 1),)), "nobody.knows")
