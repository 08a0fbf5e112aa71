"""Every reason of the division has words on the pages, from the same numbers (R6)."""

import re

import pytest
from django.utils import translation

from shige.division.reasons import WHY
from shige.territory.computation.reasons import BARRIERS, CAUSES, in_words

SIDE = {"unit": "U7", "barriers": "primary, river", "total": 12, "low": 30, "counted": "doors"}


def found(**values):
    usual = {"rule": "connected", "value": 2, "limit": 1, "why": "as told", "cause": "side_small"}
    return usual | {"details": SIDE} | values


def test_reasons_are_the_same_in_both_rooms():
    assert CAUSES.keys() == WHY.keys()


@pytest.mark.parametrize("cause", WHY)
def test_words_need_no_number_that_the_division_does_not_tell(cause):
    assert set(re.findall(r"%\((\w+)\)s", CAUSES[cause])) <= set(re.findall(r"{(\w+)}", WHY[cause]))


def test_barriers_are_told_in_the_readers_language():
    with translation.override("zh-hans"):
        assert "主干路 + 河流" in in_words(found()).why
    assert set(BARRIERS) >= {"primary", "river"}


def test_a_reason_by_other_numbers_is_told_as_the_division_told_it():
    assert in_words(found(details={"total": 3})).why == "as told"
    assert in_words(found(cause="of another year")).why == "as told"
