"""Chinese numerals as people write them in addresses: 三, 十二, 二十, 一百零三, 两."""

from typing import Final

HAN_DIGITS: Final = "零〇一二两三四五六七八九十百"
FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")
"""Formal numerals, which stand in names (学府壹号), as plain ones."""

_ONES: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number_of(text: str) -> int | None:
    """Return the number that digits or Chinese numerals write; None where they write none."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    if not text or set(text) - set(HAN_DIGITS):
        return None
    if not set(text) & {"十", "百"}:
        return int("".join(str(_ONES[digit]) for digit in text))
    total, one = 0, 0
    for digit in text:
        if digit in "十百":
            total += (one or int(digit == "十")) * (10 if digit == "十" else 100)
            one = 0
        else:
            one = _ONES[digit]
    return total + one


def in_han(number: int) -> str:
    """Return a number below 1000 as Chinese writes it; the inverse of ``number_of``."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (digits[ones] if ones or not number else "")
