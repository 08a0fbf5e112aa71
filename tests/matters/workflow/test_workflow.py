"""The declared tables hold together, the code knows every condition, and the documentation draws them."""

from pathlib import Path
from typing import get_args

import pytest

from shige.matters.workflow.diagram import WHEN, document
from shige.matters.workflow.workflows import HOLDS
from shige.profile import Condition, Workflow, shipped_workflows

DOCS = Path(__file__).resolve().parents[3] / "docs" / "matters.md"


def test_the_code_asks_every_condition_and_the_page_explains_it() -> None:
    assert set(HOLDS) == set(WHEN) == set(get_args(Condition))


@pytest.mark.parametrize("table", shipped_workflows(), ids=lambda table: table.code)
def test_every_kind_ends_for_its_reporter(table: Workflow) -> None:
    assert any(state.phase == "done" for state in table.states)
    assert all(row.shown for row in table.transitions if row.told)


def test_the_documentation_is_in_step() -> None:
    assert DOCS.read_text() == document(), "run: python -m shige.matters.workflow.diagram > docs/matters.md"
