"""A declared life of a matter is refused, by name of what is wrong, unless it holds together."""

from typing import Any

import pytest
from pydantic import ValidationError

from shige.profile import Workflow, shipped_workflows
from shige.profile.loader import load

ORDINARY = next(table for table in shipped_workflows() if table.code == "ordinary")

WAYS_OUT_OF_WAITING = tuple(
    row.action for row in ORDINARY.transitions if "waiting" in row.before and row.after
)


def written(**changes: Any) -> dict[str, Any]:
    """Return the ordinary table as data, with some parts in place of its own."""
    return ORDINARY.model_dump() | changes


def without(*actions: str) -> dict[str, Any]:
    """Return the ordinary table with some actions left out."""
    return written(transitions=[row for row in written()["transitions"] if row["action"] not in actions])


@pytest.mark.parametrize(
    ("left_out", "fault"),
    [
        (("take", "lead"), "in_hand is never reached"),
        (("solve",), "to_confirm is never reached"),
        (("lapse",), "unconfirmed is never reached"),
        (("merge",), "merged is never reached"),
        (WAYS_OUT_OF_WAITING, "waiting leads to no end"),
    ],
)
def test_a_hole_in_the_table_is_named(left_out: tuple[str, ...], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        Workflow.model_validate(without(*left_out))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"who": []}, "nobody may take"),
        ({"before": ["nowhere"]}, "there is no state nowhere"),
        ({"action": "solve"}, "solve stands twice"),
        ({"told": True}, "take tells the reporter nothing"),
        ({"who": ["passer-by"]}, "Input should be 'owner'"),
        ({"when": ["full_moon"]}, "Input should be 'tier_above'"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(change: dict[str, Any], fault: str) -> None:
    first, *others = written()["transitions"]
    with pytest.raises(ValidationError, match=fault):
        Workflow.model_validate(written(transitions=[first | change, *others]))


def test_a_profile_may_have_a_table_of_its_own() -> None:
    own = written(name={"zh": "诉求", "en": "request"})
    changed = type(load("chengdu")).model_validate(load("chengdu").model_dump() | {"workflows": [own]})
    assert changed.workflow("ordinary").name.en == "request"
    assert len(changed.workflows) == len(shipped_workflows())


@pytest.mark.parametrize("table", [table for table in shipped_workflows() if table.of == "matter"])
def test_every_state_of_a_matter_says_what_to_do_and_what_it_means(table: Workflow) -> None:
    """R25: guidance during the handling, for the office and for whoever reported it."""
    for state in table.states:
        assert state.phase == "done" or (state.guide and state.meaning), (table.code, state.code)


@pytest.mark.parametrize("of", ["task", "joint_task", "opinion"])
def test_a_condition_that_nobody_could_ask_is_refused(of: str) -> None:
    """Conditions are asked of matters: in another table one would be passed over in silence."""
    with pytest.raises(ValidationError, match="which only a matter can be asked"):
        Workflow.model_validate(written(of=of))
