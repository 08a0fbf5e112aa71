"""Advice before filing: whole for every category, in both languages, with national numbers alone (R25)."""

import re

import pytest

from shige.profile import Profile, Text
from shige.profile.category_advice import Advice
from shige.profile.loader import load

CHENGDU, GENERIC = load("chengdu"), load("generic")
NATIONAL = {
    "110", "119", "120", "122", "12110", "12315", "12321", "12329", "12333", "12338", "12345", "12348",
    "12355", "12366", "12377", "12385", "12388", "12393", "95598", "96110",
}  # fmt: skip


def texts(advice: Advice) -> list[Text]:
    return [said for said in (advice.call, advice.bring, advice.whose, advice.time) if said is not None]


@pytest.mark.parametrize("profile", [CHENGDU, GENERIC], ids=lambda profile: profile.id)
def test_every_category_has_whole_advice_in_both_languages(profile: Profile) -> None:
    for category in [*profile.categories, *profile.leaf_categories]:
        advice = profile.advice_on(category.code)
        assert advice.call and advice.bring and advice.whose
        assert all(
            said.zh and said.en and max(len(said.zh), len(said.en) / 2) < 125 for said in texts(advice)
        )


def test_only_national_numbers_are_named_and_the_same_ones_in_both_languages() -> None:
    for advice in CHENGDU.advice:
        for said in texts(advice):
            numbers = [set(re.findall(r"(?<![\d])\d{3,}(?!\d)", words)) for words in (said.zh, said.en)]
            assert numbers[0] == numbers[1] <= NATIONAL, advice.code


def test_what_endangers_begins_with_an_emergency_number_p4() -> None:
    for profile in (CHENGDU, GENERIC):
        numbers = {number.number for number in profile.numbers}
        for leaf in profile.leaf_categories:
            if profile.tier(leaf.tier).elapsed:
                called = profile.advice_on(leaf.code).call
                assert called and numbers & set(re.findall(r"\d+", called.zh)), leaf.code


def test_a_sub_category_says_only_what_differs() -> None:
    whole, own = CHENGDU.advice_on("05"), CHENGDU.advice_on("05.1")
    assert own.call != whole.call and own.bring == whole.bring and own.time and not whole.time
    assert CHENGDU.advice_on("01.1").call == CHENGDU.advice_on("01").call


def test_no_such_category_has_no_advice() -> None:
    with pytest.raises(KeyError):
        CHENGDU.advice_on("99")
