"""Sentences with the numbers of invented persons in many spellings, and with numbers of things."""

import random
from dataclasses import dataclass

from shige.language.number_plans import check_digit, luhn

SEPARATORS = [" ", "-", "－", "—", ".", "·", ",", "，", "/", "、", "_", "~", "\u3000", "\u200b", "\u2060",
              "\u202d", "\n", " - ", "*", "|", "…", "。", "👉", "+", "  "]  # fmt: skip
SPOKEN = ["然后", "再", "，中间", "，后面是", "接着", " 杠 "]
TABLES = {
    "wide": str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"),
    "chinese": str.maketrans("0123456789", "零一二三四五六七八九"),
    "read": str.maketrans("0123456789", "〇幺二三四五六七八九"),
    "formal": str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"),
    "circled": str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"),
    "like": str.maketrans("01", "Ol"),
    "bold": str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "keys": {ord(digit): f"{digit}\ufe0f\u20e3" for digit in "0123456789"},
}
FRAMES = [
    "请打{}找我", "{}", "我电话{}，谢谢", "楼上漏水，{}一直没人管", "邻居的是{}", "（{}）", "他说{}是他的。",
    "联系：{}\n尽快", "3栋的人{}说的", "call {} please", "有事找{}", "号码{}", "我手机号{}", "手机号码是{}",
    "修电梯{}", "我姓张{}",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text, and the first and last place of what must not be read in it."""

    text: str
    first: int
    last: int
    kind: str

    def left_in(self, masked: str) -> str:
        """Return what can still be read of the number."""
        return "".join(one for one in masked[self.first : self.last] if one.isalnum())


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def mobile(rng: random.Random) -> str:
    return "1" + rng.choice("3456789") + _digits(rng, 9)


def landline(rng: random.Random) -> str:
    area = rng.choice(["028", "010", "0835", "0371"])
    return area + rng.choice("2345678") + _digits(rng, 7 if len(area) == 3 else 6)


def identity(rng: random.Random) -> str:
    born = f"{rng.randint(1940, 2015)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    first = rng.choice(["510104", "110101", "500103", "420106"]) + born + _digits(rng, 3)
    return first + check_digit(first)


def old_identity(rng: random.Random) -> str:
    return f"510104{rng.randint(40, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{_digits(rng, 3)}"


def bank_card(rng: random.Random) -> str:
    first = rng.choice(["622202", "621700", "622848"]) + _digits(rng, rng.choice([9, 12]))
    return first + next(check for check in "0123456789" if luhn(first + check))


def parted(rng: random.Random, digits: str) -> str:
    """Write digits in groups, with one separator or with words between them."""
    sizes = rng.choice(
        [[3, 4, 4], [1] * len(digits), [3, 8], [4, 4, 4, 4, 4], [6, 8, 4], [2] * 10, [len(digits)]]
    )
    groups, rest = [], digits
    for size in sizes:
        if rest:
            groups.append(rest[:size])
            rest = rest[size:]
    if rest:
        groups.append(rest)
    between = rng.choice(SPOKEN) if len(groups) <= 3 and rng.random() < 0.15 else rng.choice(SEPARATORS)
    return between.join(groups)


def spelled(rng: random.Random) -> Spelled:
    """Return a sentence with one number in one spelling."""
    make = rng.choice([mobile, mobile, mobile, landline, identity, old_identity, bank_card])
    digits = make(rng)
    written = parted(rng, digits)
    if rng.random() < 0.4:
        spoken = any(word in written for word in SPOKEN)
        name = "chinese" if spoken else rng.choice(sorted(TABLES))
        written = written.translate(TABLES[name])
    elif make is mobile and rng.random() < 0.3:
        written = rng.choice(["+86", "0086 ", "86-", "＋８６"]) + written
    elif make is mobile and rng.random() < 0.3:
        written = written[:-4] + written[-4:].translate(TABLES["chinese"])
    return framed(rng, written, make.__name__)


def other(rng: random.Random) -> Spelled:
    """Return a sentence with a plate, an address, an id of a chat or a passport."""
    tail = "".join(rng.choice("abcdefghij") for _ in range(6)) + _digits(rng, 2)
    plate = rng.choice("川渝京") + rng.choice("ABCG")
    number = rng.choice(["", "·", " ", "-"]) + rng.choice(["D", "", "F"]) + _digits(rng, 5)
    kind = rng.choice(["plate", "mail", "chat", "qq", "passport"])
    lead, own = {
        "plate": (plate, number if rng.random() < 0.6 else number.lower().translate(TABLES["wide"])),
        "mail": ("", f"{tail}@"),
        "chat": (rng.choice(["微信", "微信号：", "vx ", "加V信", "wx:", "VX号是", "WeChat: "]), tail),
        "qq": (rng.choice(["QQ", "qq号：", "扣扣 ", "Q Q:"]), str(rng.randint(10**7, 10**10))),
        "passport": (rng.choice(["护照", "护照号", ""]), rng.choice(["E", "EA", "G"])[:2] + _digits(rng, 8)),
    }[kind]
    if kind == "passport" and own[:2] == "EA":
        own = own[:9]
    return framed(rng, own, kind, lead, "qq.com" if kind == "mail" else "")


def framed(rng: random.Random, own: str, kind: str, lead: str = "", tail: str = "") -> Spelled:
    """Put something into a sentence."""
    before, after = rng.choice(FRAMES).split("{}")
    first = len(before) + len(lead)
    return Spelled(before + lead + own + tail + after, first, first + len(own), kind)


THINGS = [
    "户号", "电表户号：", "燃气表号", "工单编号", "工单号", "订单号", "杆号", "路灯编号", "路灯杆号是",
    "电梯编号", "电梯注册代码", "设备编号：", "受理编号", "快递单号", "合同编号", "流水号", "发票号码",
    "案号", "井盖编号", "配电箱编号",
]  # fmt: skip
CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def thing(rng: random.Random) -> str:
    """Return a sentence with a number that points to nobody."""
    number = _digits(rng, rng.choice([8, 10, 11, 12, 13, 15, 16, 18]))
    if rng.random() < 0.4:
        number = mobile(rng)  # as long as a telephone, and still the number of a thing
    return rng.choice(
        [
            f"{rng.choice(THINGS)}{number}，请处理",
            f"{rng.choice(THINGS)} {number}",
            f"位置{rng.uniform(103, 105):.6f},{rng.uniform(30, 31):.6f}",
            f"经度{rng.uniform(103, 105):.8f}，纬度{rng.uniform(30, 31):.8f}",
            f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d} 0{rng.randint(0, 9)}:30停水",
            f"{rng.randint(2020, 2026)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日上午9点到11点",
            f"打了{rng.choice(['12345', '110', '95598', '12319', '10086', '96110'])}没人来",
            f"物业费{rng.randint(100, 99999)}元，面积{rng.uniform(50, 200):.2f}平方米",
            f"{rng.randint(1, 40)}栋{rng.randint(1, 6)}单元{rng.randint(1, 33)}楼",
            f"{'、'.join(str(one) for one in sorted(rng.sample(range(1, 60), 6)))}号楼都停水",
            f"查询码{'-'.join(''.join(rng.choices(CODE, k=4)) for _ in range(4))}",
            f"客服400-{_digits(rng, 3)}-{_digits(rng, 4)}",
            f"{rng.randint(1, 999)}路车 {rng.randint(6, 9)}:{rng.randint(10, 59)}到{rng.randint(10, 23)}:30",
        ]
    )
