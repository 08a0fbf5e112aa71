"""The measure of a training: on what it has not seen, whatever that is."""

import numpy as np
import pytest

from shige.language.category.lessons import Lesson, of_matters
from shige.language.category.model import Model
from shige.language.category.quality import RIGHT_WHEN_SURE, train
from shige.language.category.suggestion import Sorter

from .conftest import CHENGDU, by_runs, matters

LIGHTS, RUBBISH = ("路灯不亮", "灯坏了", "灯不亮"), ("垃圾没人收", "垃圾满了")
FEW = [
    *(Lesson(text, "02.1", "example", group=place) for place, text in enumerate(LIGHTS)),
    *(Lesson(text, "01.1", "example", group=place + 3) for place, text in enumerate(RUBBISH)),
]


@pytest.fixture(scope="module")
def taught() -> Model:
    """Learn from an office's matters on top of a few texts, and measure."""
    return train(by_runs(), [*FEW, *matters()], "2026-09-09T02:00:00+00:00")


def test_what_no_keyword_knows_is_learned_from_the_office(taught: Model) -> None:
    text = "巷口字牌歪了一周"
    assert "13.2" not in [category.code for category, _share in Sorter(CHENGDU).suggest(text).ranked]
    assert Sorter(CHENGDU, by_runs(), taught).suggest(text).ranked[0][0].code == "13.2"


def test_it_is_measured_on_matters_that_it_has_not_seen(taught: Model) -> None:
    quality = taught.quality
    assert quality.basis == "matters" and quality.learned.count == 120
    assert quality.learned.first > quality.keywords.first
    assert {top.top for top in quality.tops} == {"01", "13"}
    assert sum(top.learned.count for top in quality.tops) == 120
    assert taught.share > 0 and quality.sure.first >= RIGHT_WHEN_SURE * quality.sure.count > 0


def test_with_few_matters_the_reviewed_texts_are_the_test() -> None:
    quality = train(by_runs(), [*FEW, *matters(3)], "").quality
    assert quality.basis == "examples" and quality.learned.count == len(FEW)


def test_a_model_of_nonsense_is_measured_as_such() -> None:
    """Held out means held out: words that stand once each teach nothing about each other."""
    random = np.random.default_rng(3)
    codes = ["01.1", "02.1", "13.2", "09.3"]
    told = [
        ("".join(map(chr, random.integers(0x9000, 0x9F00, 8))), str(random.choice(codes)), False)
        for _ in range(80)
    ]
    quality = train(by_runs(), [*FEW, *of_matters(told, CHENGDU)], "").quality
    assert quality.learned.count == 80 and quality.learned.first < 40
