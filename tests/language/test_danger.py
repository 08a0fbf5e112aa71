"""Danger is found however it is typed (P4); a denied or unlike word does not call for it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shige.language.danger import dangers_in, find_danger, find_emergency
from shige.language.examples import read_examples
from shige.profile import Profile
from shige.profile.loader import load

CHENGDU = load("chengdu")
GENERIC = load("generic")
CASES = Path("/work/shared/cases/danger")
INVISIBLE = st.sampled_from("\u200b\u200d\u2060\ufeff\u202e\u00ad")
DANGERS = st.sampled_from(["家里有煤气味", "老公又打我", "电梯里困了两个人", "井盖没有了", "有人掉河里了"])


@pytest.mark.parametrize(
    ("text", "kind", "persons"),
    [
        ("老公又打我", "violence", True),
        ("隔壁天天打娃儿", "child", True),
        ("他要自杀", "selfharm", True),
        ("有人持刀抢劫", "crime", True),
        ("家裡有煤氣味", "gas", False),
        ("我困在电梯里", "lift", False),
        ("井盖没得了", "manhole", False),
        ("高压线掉下来了", "collapse", False),
    ],
)
def test_a_danger_says_its_kind(text: str, kind: str, persons: bool) -> None:
    danger = find_danger(CHENGDU, text)
    assert danger is not None
    assert (danger.kind, danger.persons) == (kind, persons)


def test_all_dangers_of_a_text_are_told() -> None:
    assert [danger.kind for danger in dangers_in(CHENGDU, "着火了，他还在打我")] == ["fire", "violence"]


@pytest.mark.parametrize("text", ["", "路灯不亮", "家里没得煤气味"])
def test_no_danger_is_none(text: str) -> None:
    assert find_danger(CHENGDU, text) is None


def number_for(text: str) -> str | None:
    emergency = find_emergency(CHENGDU, text)
    return emergency.number if emergency else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("家里有煤气味", "119"),
        ("楼道里煤气的味道很重", "119"),
        ("我被困电梯了", "119"),
        ("电梯里有人被困住了", "119"),
        ("他打我", "110"),
        ("老公喝了酒又打我", "110"),
        ("隔壁天天打孩子", "110"),
        ("有家暴", "110"),
        ("三楼有人要跳楼", "110"),
        ("有人落水了", "119"),
        ("电瓶车充电起火了", "119"),
        ("老人晕倒了没有呼吸", "120"),
        ("我爸走丢了", "110"),
        ("门口的井盖没了", "12345"),
        ("I smell gas in the stairwell", "119"),
        ("My husband beats me", "110"),
        ("He hit me last night", "110"),
        ("We are stuck in the lift", "119"),
        ("Someone is drowning", "119"),
    ],
)
def test_danger_shows_its_number(text: str, number: str) -> None:
    assert number_for(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮",
        "垃圾没人收",
        "灭火器过期了",
        "楼道堆物有火灾隐患",
        "他打我电话我没接到",
        "晚上总被打扰",
        "家里没有煤气味",
        "现在没闻到煤气味了",
        "There is no smell of gas here",
        "想了解消防演练",
        "the lift is slow",
        "孩子要上幼儿园",
        "阴沟堵了三天了",
        "阴沟堵起了，黄水冒出来漫到路上，臭得遭不住，都三天了",
        "楼上娃儿天天在屋头跳，吵得我睡不着",
        "有事打我电话",
        "楼道头那盏灯拐了好几天咯，黑黢黢的，我晚上下楼差点绊一扑爬，有事请打我电话13812345678",
        "他把我打麻将赢的钱拿起跑了",
        "书记把补助款弄到他亲戚头上去了",
        "那个穿红马甲的收了我两条烟才给我办低保",
        "不要了，算了",
        "家里水有股漂白粉味",
    ],
)
def test_ordinary_matters_show_none(text: str) -> None:
    assert number_for(text) is None


@pytest.mark.parametrize(
    "text",
    ["他打我，你们不要打我电话", "打我。有事打我电话", "请给我打个电话，他又动手了", "打我手机他就打我"],
)
def test_a_request_to_be_called_hides_no_harm(text: str) -> None:
    assert number_for(text) == "110"


@pytest.mark.parametrize(
    "text",
    [
        "有没有煤气味我说不清",
        "是不是煤气味",
        "不是没有煤气味，是很大",
        "阀门关了没有 煤气味还很大",
        "昨天没有煤气味，今天有煤气味",
        "煤 气 味 很 大",
        "煤气\n味道？没有人管，煤气味很大",
        "他打我抢我电话",
        "打我电话没人接，他又打我",
        "ＧＡＳ　ＬＥＡＫ",
        "He   HITS me",
    ],
)
def test_in_doubt_the_number_is_shown(text: str) -> None:
    assert number_for(text) is not None


@pytest.mark.parametrize("text", ["救命", "家暴", "落水", "有人跳楼", "想死", "走丢", "gas leak", "Help me!"])
def test_a_bare_word_of_danger_alarms_though_no_example_is_like_it(text: str) -> None:
    assert find_danger(CHENGDU, text) is not None


def test_the_category_of_an_emergency_counts_by_the_clock() -> None:
    for emergency in CHENGDU.emergencies:
        assert CHENGDU.tier(CHENGDU.category(emergency.category).tier).elapsed


def test_a_danger_of_each_shipped_profile_has_an_emergency() -> None:
    for profile in (CHENGDU, GENERIC):
        answered = {kind for emergency in profile.emergencies for kind in emergency.answers}
        assert answered == set(profile.danger.kinds)


def test_words_of_the_profiles_own_count_beside_the_table() -> None:
    raw = GENERIC.model_dump(mode="json")
    raw["emergencies"][0] |= {"words": ["{person}*被雪埋"], "unless": ["被雪埋的花"]}
    own = Profile.model_validate(raw)
    assert find_emergency(own, "有个人被雪埋了") == own.emergencies[0]


@settings(deadline=None, max_examples=40)
@given(DANGERS, st.lists(st.tuples(st.integers(0, 12), INVISIBLE), max_size=5))
def test_invisible_characters_hide_no_danger(text: str, put: list[tuple[int, str]]) -> None:
    typed = text
    for place, char in put:
        typed = typed[:place] + char + typed[place:]
    assert find_danger(CHENGDU, typed) == find_danger(CHENGDU, text)


@pytest.mark.parametrize(
    "text", ["家裡有煤氣味", "電梯裡困了兩個人", "有人掉進河裡了", "ｓｍｅｌｌ　ｏｆ　ｇａｓ"]
)
def test_traditional_and_wide_forms_are_read(text: str) -> None:
    assert find_danger(CHENGDU, text) is not None


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=60), st.text(max_size=60))
def test_danger_in_a_clause_of_its_own_is_seen_in_any_text(before: str, after: str) -> None:
    assert find_emergency(CHENGDU, f"{before}。着火了。{after}") is not None


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_plain_cases_that_failed_alarm() -> None:
    missed = [case for case in read_examples(CASES / "plain.tsv") if find_danger(CHENGDU, case.text) is None]
    assert missed == []


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_harmless_cases_that_alarmed_do_not() -> None:
    texts = (CASES / "harmless.tsv").read_text("utf-8").splitlines()
    alarmed = [text for text in texts if find_danger(CHENGDU, text) is not None]
    assert len(alarmed) <= len(texts) // 10, alarmed


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("老师摸我", "child"),
        ("娃儿身上全是烟头烫的印子", "child"),
        ("前夫天天堵在门口", "violence"),
        ("他喝了酒就那样", "violence"),
        ("我不想麻烦大家了", "selfharm"),
        ("laogong da wo jiuming", "violence"),
        ("Wǒ bù xiǎng huó le", "selfharm"),
    ],
)
def test_harm_that_is_hinted_at_or_spelled_in_pinyin_is_told_by_its_kind(text: str, kind: str) -> None:
    danger = find_danger(CHENGDU, text)
    assert danger is not None and (danger.kind, danger.persons) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "单元门口的灯坏了，老人晚上不敢下楼",
        "电梯里头有人屙尿",
        "电梯坏了停在一楼，里面没有人",
        "门口有人堵着推销",
        "全是烟头，打扫一下",
        "没有人被困，就是电梯慢",
    ],
)
def test_nuisance_and_fear_of_the_dark_are_no_danger(text: str) -> None:
    assert find_danger(CHENGDU, text) is None


def test_harm_to_persons_is_told_beside_the_wound_that_it_left() -> None:
    """Else the card would say whom to call for an illness, and nobody would hear of who did it."""
    assert "violence" in [danger.kind for danger in dangers_in(CHENGDU, "我被老公打晕了")]


def test_of_harm_to_persons_the_likeliest_comes_first() -> None:
    kinds = [danger.kind for danger in dangers_in(CHENGDU, "他每天打我，我是偷偷用孩子的平板写的")]
    assert kinds[0] == "violence"


BARE_WORDS = [
    *(
        "着火",
        "起火",
        "失火",
        "爆炸",
        "冒浓烟",
        "煤气味",
        "漏煤气",
        "一氧化碳",
        "臭鸡蛋味",
        "被困电梯",
        "电梯困人",
    ),
    *(
        "自杀",
        "轻生",
        "跳楼",
        "割腕",
        "上吊",
        "想死",
        "不想活",
        "遗书",
        "打孩子",
        "虐待儿童",
        "拐卖",
        "弃婴",
        "校园霸凌",
    ),
    *(
        "家暴",
        "打我",
        "打人",
        "打架",
        "杀人",
        "掐脖子",
        "强奸",
        "抢劫",
        "绑架",
        "持刀",
        "尾随",
        "小偷",
        "撬门",
        "落水",
    ),
    *(
        "溺水",
        "触电",
        "漏电",
        "塌方",
        "垮塌",
        "滑坡",
        "昏迷",
        "晕倒",
        "救命",
        "车祸",
        "大出血",
        "中毒",
        "没呼吸",
        "窒息",
    ),
    *(
        "走丢",
        "走失",
        "失踪",
        "离家出走",
        "井盖没了",
        "没有井盖",
        "gas leak",
        "on fire",
        "suicide",
        "rape",
        "kidnap",
    ),
    *(
        "drowning",
        "robbery",
        "not breathing",
        "missing child",
        "open manhole",
        "domestic violence",
        "help me",
    ),
]
"""A word or two of each kind as somebody types it who has no time for more."""


@pytest.mark.parametrize("word", BARE_WORDS)
def test_every_bare_word_of_danger_alarms(word: str) -> None:
    assert find_danger(CHENGDU, word) is not None


def test_bare_words_are_there_of_every_kind() -> None:
    told = {danger.kind for word in BARE_WORDS if (danger := find_danger(CHENGDU, word)) is not None}
    assert told == set(CHENGDU.danger.kinds)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("屋头那个又发疯了，我怕得很", "violence"),
        ("楼上拿铁链把疯子拴起的", "violence"),
        ("有个人在院坝头拿棒棒乱打", "violence"),
        ("有个人在院坝头拿棒棒打人", "violence"),
        ("楼下老汉儿绊倒了，喊不答应", "medical"),
        ("隔壁租房子的好多年轻人不准出门", "crime"),
        ("有人卖白粉", "crime"),
        ("The man downstairs is dealing drugs", "crime"),
        ("They keep a sick man chained up in the cellar", "violence"),
    ],
)
def test_what_is_hinted_at_in_the_speech_of_the_street_calls_for_the_right_number(
    text: str, kind: str
) -> None:
    """None of these is among the examples; those are of their kind."""
    danger = find_danger(CHENGDU, text)
    assert danger is not None and danger.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "被老公修理了",
        "昨天遭男人收拾了一顿",
        "被婆家教训了",
        "屋头那个又耍横，我怕",
        "老公又发横，我不敢吭声",
        "老公家bao我",
        "老公jia暴我",
        "妈妈每次考试不好就打我",
        "考不好后妈就要打我",
        "作业没做完爸爸又打我",
    ],
)
def test_harm_is_heard_in_words_that_make_little_of_it(text: str) -> None:
    found = find_danger(CHENGDU, text)
    assert found and found.persons


@pytest.mark.parametrize(
    "text",
    [
        "A lovely community worker helped me, I want to thank her",
        "I want to thank the cleaner, she was so kind to my mother",
        "楼上的水一直往下滴,我屋头天花板都发霉了",
        "楼上的水滴到我屋头,墙都泡烂了",
        "天花板的水一直往下掉,地板都泡起了",
        "他说要先表示表示",
        "小张进我屋头没敲门,还拿手机到处拍",
        "卖鱼的在路边杀鱼,地上全是血水",
    ],
)
def test_praise_leaks_and_gifts_that_are_asked_for_are_no_danger(text: str) -> None:
    assert find_danger(CHENGDU, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "空调被老公修理了", "洗衣机坏了，被老公修理了", "自行车被老公修理了一下",
        "楼上那个又耍横，不挪车，我怕堵", "邻居耍横不让停车", "每次考试妈妈就打我电话",
    ],
)  # fmt: skip
def test_what_is_mended_or_quarrelled_over_is_none(text: str) -> None:
    assert find_danger(CHENGDU, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "楼上漏水把天花板泡得要塌了",
        "楼上的水滴到插座上冒火花",
        "水从楼上灌下来,老人泡在水里叫不应",
        "He was always kind, the worker helped, but I want to end my life",
        "我想跟你们告别了,谢谢你们",
        "他没敲门进来,到处拍我,还摸我",
        "他说不表示表示就弄死我",
        "他在杀鱼,一刀划到手上,血止不住",
    ],
)
def test_danger_beside_such_words_is_still_one(text: str) -> None:
    assert find_danger(CHENGDU, text) is not None
