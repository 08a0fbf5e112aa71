"""Spellings of addresses, made from stored ones as people write them; own to these tests."""

import random
from collections.abc import Callable, Iterator

from pypinyin import lazy_pinyin

from shige.language.counts import in_han

WRONG = {
    "海": "悔",
    "棠": "常",
    "苑": "园",
    "兰": "蓝",
    "香": "乡",
    "花": "化",
    "东": "冬",
    "学": "雪",
    "府": "付",
    "新": "心",
    "光": "广",
    "江": "将",
    "清": "青",
    "和": "合",
    "小": "晓",
    "春": "椿",
    "望": "忘",
}
"""A character that is easily taken for another."""

Spell = Callable[[str, str, str, str], str]
"""From street, number, compound and block to what somebody types."""


Row = tuple[str, str, str, str, str]
"""Address as stored, street, number, compound, block."""


def full(digits: str) -> str:
    return digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def pinyin(text: str) -> str:
    return "".join(lazy_pinyin(text))


def first_letters(text: str) -> str:
    return "".join(part[0] for part in lazy_pinyin(text))


def slipped(text: str) -> str:
    """Write one character wrong."""
    for place, char in enumerate(text):
        if char in WRONG:
            return text[:place] + WRONG[char] + text[place + 1 :]
    return text


IN_COMPOUND: dict[str, Spell] = {
    "plain": lambda s, n, c, b: f"{c}{b}栋",
    "with its door": lambda s, n, c, b: f"{c}{b}栋2单元501",
    "Chinese numeral": lambda s, n, c, b: f"{c}{in_han(int(b))}栋",
    "号楼": lambda s, n, c, b: f"{c}{b}号楼",
    "幢, full width": lambda s, n, c, b: f"{c}{full(b)}幢{full('1')}单元",
    "dashes": lambda s, n, c, b: f"{c}{b}-2-501",
    "number sign": lambda s, n, c, b: f"{c}{b}#",
    "pinyin": lambda s, n, c, b: f"{pinyin(c)}{b}dong",
    "pinyin, parted": lambda s, n, c, b: f"{' '.join(lazy_pinyin(c))} {b} dong",
    "first letters": lambda s, n, c, b: f"{first_letters(c)}{b}d",
    "one wrong": lambda s, n, c, b: f"{slipped(c)}{b}栋",
    "whole": lambda s, n, c, b: f"锦城市示例区玉兰街道{s}{n}号{c}{b}栋",
    "street and block": lambda s, n, c, b: f"{s}{n}号{b}栋",
    "a sentence": lambda s, n, c, b: f"我在{c}{in_han(int(b))}栋楼下",
    "a sentence with a lamp": lambda s, n, c, b: f"我家住{c}{b}栋,旁边的路灯",
    "parted by blanks": lambda s, n, c, b: f"{c} {b} 号楼 二单元",
    "English": lambda s, n, c, b: f"Building {b}, {' '.join(lazy_pinyin(c)).title()}, room 501",
    "number only": lambda s, n, c, b: f"{c}{b}号",
}

ON_STREET: dict[str, Spell] = {
    "plain": lambda s, n, c, b: f"{s}{n}号",
    "Chinese numeral": lambda s, n, c, b: f"{s}{in_han(int(n))}号",
    "full width": lambda s, n, c, b: f"{s}{full(n)}号",
    "pinyin": lambda s, n, c, b: f"{pinyin(s)} {n} hao",
    "opposite": lambda s, n, c, b: f"{s}{n}号对面",
    "without 号": lambda s, n, c, b: f"{s}{n}",
    "one wrong": lambda s, n, c, b: f"{slipped(s)}{n}号",
    "with the community": lambda s, n, c, b: f"示例区玉兰街道{s}{n}号门口",
}


WITH_COMPOUND: dict[str, Spell] = {
    "plain": lambda s, n, c, b: f"{c}{s}{n}号",
    "compound and number": lambda s, n, c, b: f"{c} {n}号",
    "small letters": lambda s, n, c, b: f"{c.lower()}小区{n}号",
    "Chinese numeral": lambda s, n, c, b: f"{s}{in_han(int(n))}号{c}",
    "with its door": lambda s, n, c, b: f"{c}{s}{n}号2单元301室",
}


def picked(rows: list[Row], count: int, seed: int) -> list[Row]:
    """Return some rows (address, street, number, compound, block), the same ones for a seed."""
    return random.Random(seed).sample(rows, min(count, len(rows)))


def spelled(rows: list[Row], ways: dict[str, Spell], seed: int) -> Iterator[tuple[str, str, str]]:
    """Yield way, what is typed and the address that is meant, each way at rows of its own."""
    each = max(1, 120 // len(ways))
    for place, (way, spell) in enumerate(ways.items()):
        for address, *parts in picked(rows, each, seed + place):
            yield way, spell(*parts), address
