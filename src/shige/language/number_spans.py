"""The numbers of persons among the digits of a text: each window of groups is classified."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from .digit_runs import Digit, Letter, runs
from .number_labels import Before, is_thing_behind
from .number_plans import (
    is_bank_card,
    is_identity,
    is_like_bank_card,
    is_like_identity,
    is_local,
    is_telephone,
)

Span = tuple[int, int]
"""First and last letter of something."""

LONGEST: Final = 24
"""Digits of the longest window: a card number with what leads to it."""

NO_NUMBER: Final = re.compile(
    r"(?<!\d)(?<!\d[-/.])(?:19|20)\d\d ?[-/.年] ?(?:1[0-2]|0?[1-9])(?!\d)"
    r" ?(?:[-/.月] ?(?:3[01]|[12]\d|0?[1-9])(?!\d) ?日?)?(?:[ T]+(?=\d{1,2}:))?"
    r"|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
    r"|[¥￥$]\s?(?!1[3-9]\d{9}(?!\d))\d[\d,.]{0,20}"
    r"|(?<![\d.])(?!1[3-9]\d{9}(?!\d))\d[\d,.]{0,20} ?(?:元|万|亿|块|角|度|吨|平方米|米|公里|公斤"
    r"|千瓦|立方|%|分钟|小时|天|岁|人次)"
)
"""Dates, times, amounts and measures; nobody owes thirteen thousand millions, so that is a telephone."""

PART: Final = re.compile(r"[A-Za-z_./\\:#*\-]")
"""What stands beside digits that are part of something longer."""

COORDINATE: Final = re.compile(r"(?<![\d.])(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5]|[1-5]\d)\.\d{4,}(?![\d.])")
SHORTEST: Final = 4
"""Digits of the shortest: the last ones of a card."""

SHORT: Final = 15
"""Digits up to which a card may also be dates or amounts in a row."""

LISTED: Final = 5
"""Numbers in a row that each are larger than the one before: a list of houses, no number of anybody."""


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together: their value, first and last letter."""

    value: str
    first: int
    last: int


def spans(flat: list[Letter]) -> list[Span]:
    """Return where numbers of persons stand among the letters."""
    text = "".join(one.char for one in flat)
    kept = _kept(text)
    found: list[Span] = []
    for run in runs(flat):
        groups = _groups(run)
        found += _chosen(text, groups, kept)
    return found


def _groups(run: list[Digit]) -> list[Group]:
    parts = [list(part) for _key, part in groupby(run, key=lambda one: one.group)]
    return [Group("".join(one.value for one in part), part[0].letter, part[-1].letter) for part in parts]


def _kept(text: str) -> bytearray:
    """Return which letters belong to dates, times, amounts and coordinates."""
    found = [(hit.start(), hit.end() - 1) for hit in NO_NUMBER.finditer(text)]
    pairs = [(hit.start(), hit.end() - 1) for hit in COORDINATE.finditer(text)]
    if len(pairs) > 1 or re.search(r"经度|纬度|坐标|定位|lon|lat|gps", text, re.IGNORECASE):
        found += pairs
    kept = bytearray(len(text) + 1)
    for start, end in found:
        kept[start : end + 1] = b"\1" * (end + 1 - start)
    return kept


def _chosen(text: str, groups: list[Group], kept: bytearray) -> list[Span]:
    """Return windows of groups that are a person's number, the surest and longest of those that touch."""
    candidates = sorted(_candidates(text, groups, kept), key=lambda one: (one[0], -one[1], one[2]))
    free = bytearray(b"\1" * (len(text) + 1))
    chosen: list[Span] = []
    for _rank, _count, first, last in candidates:
        if 0 not in free[first : last + 1]:
            free[first : last + 1] = bytes(last + 1 - first)
            chosen.append((first, last))
    return chosen


def _candidates(text: str, groups: list[Group], kept: bytearray) -> Iterator[tuple[int, int, int, int]]:
    listed = _is_list(groups, text)
    for start in range(len(groups)):
        before, digits = Before(text, groups[start].first), ""
        for end in range(start, len(groups)):
            digits += groups[end].value
            if len(digits) > LONGEST:
                break
            first, last = groups[start].first, groups[end].last
            rank = _rank(text, before, digits, first, last)
            sure = rank == 0 or (rank == 1 and len(digits) > SHORT)
            if rank >= 0 and (sure or not (listed or 1 in kept[first : last + 1])):
                yield rank, len(digits), first, last


def _rank(text: str, before: Before, digits: str, first: int, last: int) -> int:
    """Return how sure it is that a window is a person's number, 0 the surest; -1 where it is none."""
    if len(digits) < SHORTEST:
        return -1
    if is_identity(digits) and len(digits) == 18:
        return 0
    rank = _rank_of(text, before, digits, first, last)
    return -1 if rank > 0 and (before.thing or is_thing_behind(text, first, last + 1)) else rank


def _rank_of(text: str, before: Before, digits: str, first: int, last: int) -> int:
    """Return the rank by digits and label, whatever thing may be named beside."""
    if is_bank_card(digits) or is_like_identity(digits):
        return 1
    whole = _is_whole(text, first, last)
    if whole and (is_like_bank_card(digits) or before.calls_card(digits)):
        return 1
    if is_telephone(digits) or _is_abroad(before.near, digits):
        return 2
    alone = not before.beside_thing and _stands_alone(text, digits, first, last)
    return 3 if whole and (alone or before.calls_own(digits)) else -1


def _stands_alone(text: str, digits: str, first: int, last: int) -> bool:
    """Say whether a landline without area code is written in one, and is part of no code or fraction."""
    sides = text[max(0, first - 1) : first] + text[last + 1 : last + 2]
    return last - first + 1 == len(digits) and is_local(digits) and not PART.search(sides)


def _is_abroad(before: str, digits: str) -> bool:
    return 9 <= len(digits) <= 15 and before.rstrip().endswith("+") and not digits.startswith("86")


def _is_whole(text: str, first: int, last: int) -> bool:
    """Say whether a window is not part of a longer row of digits."""
    return not text[first - 1 : first].isdigit() and not text[last + 1 : last + 2].isdigit()


def _is_list(groups: list[Group], text: str) -> bool:
    """Say whether groups are a list (1、3、5、7、9号): short numbers that rise, parted by commas."""
    if len(groups) < LISTED or any(len(group.value) > 3 for group in groups):
        return False
    rising = all(int(a.value) < int(b.value) for a, b in pairwise(groups) if "X" not in a.value + b.value)
    gaps = "".join(text[a.last + 1 : b.first] for a, b in pairwise(groups))
    return rising and not set(gaps) - set("、,， 和号")
