"""Numbers of persons are hidden in every spelling; numbers of things stay, for they find the thing."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.language.masking import holds_numbers, masked

from .spelled import other, spelled, thing

SEEDS = range(10)


@pytest.mark.parametrize("seed", SEEDS)
def test_none_of_two_hundred_spellings_can_be_read(seed: int) -> None:
    rng = random.Random(seed)
    made = [spelled(rng) for _ in range(160)] + [other(rng) for _ in range(40)]
    leaking = [(one.kind, one.text, hidden) for one in made if one.left_in(hidden := masked(one.text))]
    assert not leaking


@pytest.mark.parametrize("seed", SEEDS)
def test_none_of_sixty_numbers_of_things_is_destroyed(seed: int) -> None:
    rng = random.Random(seed)
    texts = [thing(rng) for _ in range(60)]
    assert [(text, masked(text)) for text in texts if holds_numbers(text)] == []


@given(st.text(max_size=80))
def test_only_characters_are_replaced_and_once_is_enough(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text) and masked(hidden) == hidden
    assert all(new in (old, "*") for old, new in zip(text, hidden, strict=True))


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("电话 138 1234 5678", "电话 *** **** ****"),
        ("手机1381234567", "手机**********"),
        ("我的手机号13812345678", "我的手机号***********"),
        ("修电梯13812345678", "修电梯***********"),
        ("工行卡 6222 0200 0000 0000", "工行卡 **** **** **** ****"),
        ("身份证后六位011234", "身份证后六位******"),
        ("我家301 13812345678", "我家301 ***********"),
        ("13812345678一直打不通", "***********一直打不通"),
        ("川A·D12345又停在门口", "川A·******又停在门口"),
        ("zhang.san@qq.com", "*****.***@qq.com"),
        ("微信号：wxid_abc123", "微信号：***********"),
        ("张三13812345678李四13912345678", "张三***********李四***********"),
        ("工单里留的电话13812345678", "工单里留的电话***********"),
        ("打我电话幺三九洞洞洞洞幺两三四", "打我电话***********"),
        ("幺三拐 洞洞两勾 幺两三四", "*** **** ****"),
        ("139减0000减1234", "*************"),
        ("139啊0000啊1234", "*************"),
        ("<b>139</b>0000<b>1234</b>", "<b>***</*>****<*>****</b>"),
        ("打13900001234元旦见", "打***********元旦见"),
        ("欠他13900001234元", "欠他***********元"),
        ("yi san jiu ling ling ling ling yi er san si", "** *** *** **** **** **** **** ** ** *** **"),
        (
            "call one three nine zero zero zero zero one two",
            "call " + "*** ***** **** **** **** **** **** *** ***",
        ),
        ("QQ 一二三四五六七八", "QQ ********"),
        ("我的Q是 12345678", "我的Q是 ********"),
        ("v我 zhangsan88", "v我 **********"),
        ("tg zhangsan88", "tg **********"),
        ("line: zhangsan88", "line: **********"),
    ],
)
def test_what_is_hidden_is_hidden_whole(written: str, hidden: str) -> None:
    assert masked(written) == hidden


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("卡号6222 0236 0205 6789 014", "卡号"),
        ("转到6222 0236 0205 6789 014这张卡", "转到这张卡"),
        ("全号6222023602056789014", "全号"),
        ("证件号 5101 0419 9003 0785 31", "证件号"),
        ("我薇信 chengdu.xiaoli", "我薇信"),
        ("加微信zhangsanfeng", "加微信"),
        ("➕V zhangsan88", "V"),
        ("加我v lili8899", "加我v"),
        ("我v lili8899", "我v"),
        ("抖音号lili", "抖音号"),
        ("小红书号：lili", "小红书号"),
        ("快手号 lili520", "快手号"),
        ("85551234", ""),
        ("打85551234找我", "打找我"),
        ("座机八五五五一二三四", "座机"),
        ("Q：123456789", "Q"),
        ("川 A 8K 9 L 2", "川A"),
        ("zhang88#qq.com 把#换成@", "qqcom把换成"),
        ("zhangsan@qq。com", "qqcom"),
        ("li si (at) qq.com", "atqqcom"),
        ("lisi艾特qq点com", "艾特qq点com"),
        ("李四 at qq dot com", "atqqdotcom"),
        ("发邮件到lisi爱特163点com", "发邮件到爱特163点com"),
        ("zhang wei @ gmail . com", "gmailcom"),
        ("lisi[at]163[dot]com", "at163dotcom"),
        ("邮箱李四（艾特）QQ（点）COM", "艾特QQ点COM"),
        ("1️⃣3️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", ""),
        ("1三8 1二34 000七", ""),
        ("tel:+8613812340007", "tel"),
        ("138、1234、0007", ""),
        ("我的证件号五一零一零四一九九零零三零七八五三X", "我的证件号"),
    ],
)
def test_a_spelling_that_nobody_made_by_rule_is_hidden_too(text: str, left: str) -> None:
    assert "".join(one for one in masked(text) if one.isalnum()) == left


@pytest.mark.parametrize(
    "text",
    [
        "微信 APP 打不开", "WeChat payment failed", "QQ音乐太吵", "微信公众号看到的", "宁A区的路", "邮箱满了",
        "快递单号6222023602056789014", "在云 A 座 1001 室", "公交138路到1234号",
        "路灯编号13812345678", "电表户号 13812345678", "13812345678（电表户号）", "坐标104.066812,30.657412",
        "网格编号510104001001200001", "预算13800000000元", "物业热线028-86512345", "身份证丢了怎么补办",
        "微信群里说的", "QQ群里通知", "3单元1801、1802、1803、1901都漏水",
        "统一社会信用代码91510104MA6C12345X", "在QQ群里艾特物业", "I met him at 163 road",
        "在qq点com上看到的", "QQ点不开", "20261130停水", "停水公告20261130-1",
        "编号85551234", "订单85551234没到",
        "30.65741234,104.06681234", "罚了25000000元", "SN85551234", "抖音上看到的", "抖音app打不开",
        "抖音账号app里查",
        "洞口有一只狗", "楼道有个洞，拐角处漏水两天", "两三四个洞", "修了两拐的路", "139和141路公交",
        "line 10 bus stop",
        "2单元 2801、2802都漏水", "TV 85寸", "从2026-2027年",
    ],
)  # fmt: skip
def test_what_is_nobodys_number_stays(text: str) -> None:
    assert masked(text) == text
