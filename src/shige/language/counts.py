"""Numerals as people write them in addresses: 三, 十二, 一百零三, 两, 幺, 叁, and mixed ones as 7零2."""

from typing import Final

HAN_DIGITS: Final = "零〇一二两三四五六七八九十百幺"
FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")
"""Formal numerals, which stand in names (学府壹号), as plain ones."""

_ONES: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    **{str(value): value for value in range(10)},
    **{"〇": 0, "两": 2, "幺": 1},
}


def number_of(text: str) -> int | None:
    """Return the number that digits or Chinese numerals write, also mixed; None where they write none."""
    text = text.translate(FORMAL)
    if not text or set(text) - set(HAN_DIGITS) - set("0123456789"):
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
