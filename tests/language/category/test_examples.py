"""The reviewed texts: enough for every category that may be learned, and each one written for itself."""

from itertools import combinations

import pytest

from shige.language.category.examples import examples_of, labels_of
from shige.language.category.lessons import SAME_FROM, learnable
from shige.language.grams import grams
from shige.profile.loader import load

CHENGDU = load("chengdu")


@pytest.mark.parametrize("code", sorted(learnable(CHENGDU)))
def test_every_category_has_thirty_texts_and_no_two_tell_the_same(code: str) -> None:
    texts = examples_of(CHENGDU)[code]
    assert len(set(texts)) == len(texts) >= 30
    parts = [frozenset(grams(text)) for text in texts]
    assert all(len(one & other) < SAME_FROM * len(one | other) for one, other in combinations(parts, 2))


def test_no_text_stands_under_two_categories_and_none_under_a_guarded_one() -> None:
    """P3, P4."""
    held = examples_of(CHENGDU)
    texts = [text for texts in held.values() for text in texts]
    assert len(texts) == len(set(texts)) and set(held) == learnable(CHENGDU)


def test_residents_letters_dialect_and_english_are_among_them() -> None:
    texts = [text for texts in examples_of(CHENGDU).values() for text in texts]
    english = [text for text in texts if text.isascii()]
    dialect = [text for text in texts if any(word in text for word in ("遭", "屋头", "咋", "嘛", "哦"))]
    letters = [text for text in texts if text.startswith(("关于", "咨询", "请求", "举报"))]
    assert len(english) > 100 and len(dialect) > 40 and len(letters) > 70


def test_another_profile_has_none() -> None:
    assert examples_of(load("generic")) == {} == labels_of(load("generic"))
