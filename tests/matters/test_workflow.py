"""The declared table holds together, and the documentation draws it."""

from pathlib import Path

import pytest

from shige.matters.diagram import document
from shige.matters.workflow import TRANSITIONS, State, Transition, faults

DOCS = Path(__file__).resolve().parents[2] / "docs" / "matters.md"


def without(*actions: str) -> list[Transition]:
    """Return the table with some actions left out."""
    return [row for row in TRANSITIONS.values() if row.action not in actions]


def test_the_table_has_no_fault() -> None:
    assert faults(TRANSITIONS.values()) == []


@pytest.mark.parametrize(
    ("left_out", "fault"),
    [
        (("take",), "in_hand is never reached"),
        (("solve",), "to_confirm is never reached"),
        (("lapse",), "unconfirmed is never reached"),
        (("confirm", "lapse"), "to_confirm leads to no end"),
    ],
)
def test_a_hole_in_the_table_is_named(left_out: tuple[str, ...], fault: str) -> None:
    assert fault in faults(without(*left_out))


def test_an_action_for_nobody_is_named() -> None:
    nobody = Transition("x", "x", frozenset({State.NEW}), None, frozenset())
    assert "nobody may x" in faults([*TRANSITIONS.values(), nobody])


def test_the_documentation_is_in_step() -> None:
    assert DOCS.read_text() == document(), "run: python -m shige.matters.diagram > docs/matters.md"
