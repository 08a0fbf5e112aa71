"""Public functions of the pure rooms say what they do, and which errors they raise."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

SOURCE: Final = Path(__file__).parents[2] / "src" / "shige"
PURE: Final = ("division", "geo", "language", "profile", "walking", "worktime")


def public(body: list[ast.stmt], name: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the public functions and methods of a module; what only names a shape has no body to explain."""
    for part in body:
        if isinstance(part, ast.ClassDef):
            yield from public(part.body, f"{name}:{part.name}")
        elif isinstance(part, ast.FunctionDef) and not part.name.startswith("_") and not is_shape(part):
            yield f"{name}:{part.name}", part


def is_shape(function: ast.FunctionDef) -> bool:
    """Say whether a function is one line of a protocol."""
    (first, *more) = function.body
    return not more and isinstance(first, ast.Expr) and ast.unparse(first) == "..."


def raised_by(function: ast.FunctionDef) -> set[str]:
    """Return the errors that a function raises by their names; a page of the command line tells its own."""
    raised = (part.exc for part in ast.walk(function) if isinstance(part, ast.Raise))
    names = {exc.func.id for exc in raised if isinstance(exc, ast.Call) and isinstance(exc.func, ast.Name)}
    return {name for name in names if name != "KeyError"}


def functions(room: str) -> dict[str, ast.FunctionDef]:
    """Return the public functions of a room."""
    return {
        name: function
        for path in sorted((SOURCE / room).rglob("*.py"))
        for name, function in public(ast.parse(path.read_text("utf-8")).body, str(path.relative_to(SOURCE)))
    }


@pytest.mark.parametrize("room", PURE)
def test_every_public_function_of_a_pure_room_says_what_it_does(room: str) -> None:
    found = functions(room)
    assert found
    assert [name for name, function in found.items() if not ast.get_docstring(function)] == []


@pytest.mark.parametrize("room", PURE)
def test_whoever_raises_an_error_names_it(room: str) -> None:
    said = {name: (ast.get_docstring(function) or "", function) for name, function in functions(room).items()}
    silent = {
        name: unnamed
        for name, (words, function) in said.items()
        if (unnamed := {error for error in raised_by(function) if error not in words})
    }
    assert silent == {}
