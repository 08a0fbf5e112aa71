"""Runs of digits in a text, however they are written and parted, with the place of each character."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .normal import visible
from .numerals import CHINESE, digit

LIKE: Final = {"O": "0", "o": "0", "I": "1", "l": "1"}
"""Letters that are written for digits, between digits only: 138OOOO1234."""

SPOKEN: Final = {"洞": "0", "两": "2", "拐": "7", "勾": "9"}
"""Words that are said for digits on the telephone, in a row of at least ``ROW`` numerals: 幺三九洞洞."""

ROW: Final = 5

BETWEEN: Final = re.compile(
    r"(?:前三位|前面|开头|中间|后面|后四位|四位|尾号|末尾|最后|接着|然后|生日|出生|再|横?杠|空格|短横|逗号|点|是|为|加|减|和|接|连|跟|啊|呀"
    r"|then|and|dash|dot)+",
    re.IGNORECASE,
)
"""Words that people say between the groups of one number."""

TAG: Final = re.compile(r"</?[A-Za-z]{1,6}>")
"""A mark of a page that was pasted with the number."""

WIDEST_GAP: Final = 4

LONGEST_ROW: Final = 20
"""Letters for digits in a row that are looked at."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One visible character in narrow form and where it stands in the text."""

    char: str
    at: int


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit (``value`` 0-9, or X as the last of an ID card): its place among the letters; its group.

    Digits of a group stand together and are written in one way; each Chinese numeral is a group.
    """

    value: str
    letter: int
    group: int


def letters(text: str) -> list[Letter]:
    """Return the visible characters of a text in narrow form; marks on top of characters are left out."""
    return [
        Letter(char, at)
        for at, given in enumerate(text)
        if visible(given) and unicodedata.category(given)[0] != "M"
        for char in unicodedata.normalize("NFKC", given)
        if unicodedata.category(char)[0] != "M"
    ]


def runs(flat: list[Letter]) -> Iterator[list[Digit]]:
    """Yield each run of digits: what separators or words like 然后 part is still one run."""
    found: list[Digit] = []
    for at, value in _digits(flat):
        if found:
            gap = "".join(one.char for one in flat[found[-1].letter + 1 : at])
            if not _parts_groups(gap):
                yield found
                found = []
        found.append(Digit(value, at, _group(flat, found, at)))
    if found:
        yield found


def _digits(flat: list[Letter]) -> Iterator[tuple[int, str]]:
    """Yield place and value of every digit, of letters that stand for one, and of an X behind digits."""
    values = [digit(one.char) for one in flat]
    for at in _spoken(flat):
        values[at] = SPOKEN[flat[at].char]
    for at, one in enumerate(flat):
        if values[at]:
            yield at, values[at]
        elif one.char in LIKE and _among_digits(flat, values, at):
            yield at, LIKE[one.char]
        elif one.char in "Xx×" and _ends_card(flat, values, at):
            yield at, "X"


def _spoken(flat: list[Letter]) -> Iterator[int]:
    """Yield the places of words that are said for digits, where enough numerals stand in a row with them."""
    row: list[int] = []
    blanks = 0
    for at, one in enumerate([*flat, Letter("。", len(flat))]):
        if one.char in CHINESE or one.char in SPOKEN:
            row.append(at)
            blanks = 0
        elif one.char in " ,，、-" and blanks < 2:
            blanks += 1
        else:
            if len(row) >= ROW:
                yield from (place for place in row if flat[place].char in SPOKEN)
            row, blanks = [], 0


def _among_digits(flat: list[Letter], values: list[str], at: int) -> bool:
    """Say whether a letter stands for a digit: beside digits or such letters, and part of no word."""
    sides = [_beside(flat, at, step) for step in (-1, 1)]
    if any(_is_word(_edge(flat, at, step)) for step in (-1, 1)):
        return False
    digits = [
        near >= 0 and (bool(values[near]) or _reaches_digit(flat, values, near, near - at)) for near in sides
    ]
    return any(digits)


def _edge(flat: list[Letter], at: int, step: int) -> str:
    """Return the first character behind a row of such letters that stand together; a blank behind many."""
    for _turn in range(LONGEST_ROW):
        if not 0 <= at < len(flat):
            return " "
        if flat[at].char not in LIKE:
            return flat[at].char
        at += step
    return " "


def _beside(flat: list[Letter], at: int, step: int) -> int:
    """Return the next letter or digit on one side, across a separator; -1 where there is none near."""
    for near in range(at + step, at + step * (WIDEST_GAP + 2), step):
        if not 0 <= near < len(flat):
            return -1
        if flat[near].char.isalnum():
            return near
    return -1


def _reaches_digit(flat: list[Letter], values: list[str], at: int, way: int) -> bool:
    step = 1 if way > 0 else -1
    for _turn in range(LONGEST_ROW):
        if at < 0 or flat[at].char not in LIKE:
            return at >= 0 and bool(values[at])
        at = _beside(flat, at, step)
    return False


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalpha() and char not in LIKE and char not in "Xx"


def _ends_card(flat: list[Letter], values: list[str], at: int) -> bool:
    seen = 0
    for before in range(at - 1, max(-1, at - 120), -1):
        if values[before] or flat[before].char in LIKE:
            seen += 1
        elif _is_word(flat[before].char):
            break
    follows = flat[at + 1].char if at + 1 < len(flat) else " "
    return seen >= 17 and not (follows.isascii() and follows.isalnum())


def _parts_groups(gap: str) -> bool:
    gap = TAG.sub("", gap)
    said = "".join(char for char in gap if char.isalnum())
    return len(gap) - len(said) <= WIDEST_GAP and (not said or bool(BETWEEN.fullmatch(said)))


def _group(flat: list[Letter], before: list[Digit], at: int) -> int:
    if not before:
        return 0
    last = before[-1]
    together = (
        last.letter == at - 1 and _written(flat[at].char) == _written(flat[last.letter].char) == "plain"
    )
    return last.group if together else last.group + 1


def _written(char: str) -> str:
    return "chinese" if char in CHINESE else "x" if char in "Xx×" else "plain"
