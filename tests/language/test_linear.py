"""No text makes a reader look at it again and again: ten times the text takes about ten times the time."""

import time
from collections.abc import Callable, Iterator

import pytest

from shige.language.alone import told_alone
from shige.language.bigrams import bigrams
from shige.language.blank import trimmed
from shige.language.grams import grams
from shige.language.masking import withheld
from shige.language.minors import of_minor
from shige.language.named import names, searchable
from shige.language.persons import person_in
from shige.language.sentences import clauses, sentences, views
from shige.language.shocks import as_shock
from shige.language.spelling import keys_of
from shige.language.tables import kinds_in
from shige.language.telephone import canonical
from shige.profile.loader import load

from .repeats import patterns_of_language, repeats

RULES = load("chengdu")
SHORT, LONG = 500, 5000
MOST = 20.0
"""How many times as long a text of ``LONG`` takes as one of ``SHORT``."""

LEAST = 0.003
"""Seconds of work below which a time says nothing."""

PLAYED = (
    "网格员骂", "老公打", "my husband ",
    "1.1.", "〇一 ", "a", "单元 ", "3栋,", "7,", "  ", "\n \n", "at ", "a.", "a@b.", "O", "l1", "*-",
    "*", "x",
    "微信是", "热水器打人",
    "电话的是的是的是的是的是的是7", "户号号码号码号码号码号码号码号码7", "四", "刘人杰", "da ",
)  # fmt: skip
"""What was played against it, or stood in a pattern that looked again."""

READERS: dict[str, Callable[[str], object]] = {
    "alone": told_alone,
    "bigrams": bigrams,
    "grams": grams,
    "keys": keys_of,
    "names": lambda text: names(searchable(text), "刘仁杰"),
    "telephone": lambda text: canonical(text, RULES.telephones),
    "trimmed": trimmed,
}
HEAVY: dict[str, Callable[[str], object]] = {
    "minors": lambda text: of_minor(RULES, text),
    "parts": lambda text: (views(RULES.equivalents, text), clauses(RULES.equivalents, text)),
    "persons": person_in,
    "shocks": lambda text: as_shock(RULES, text),
    "turns": lambda text: [
        kinds_in(signs, sentence)
        for signs in (RULES.danger_signs, RULES.complaint_signs)
        for sentence in sentences(RULES, text)
    ],
    "withheld": withheld,
}
"""Likeness is not among them: of each passage, and of passages, it looks at no more than a fixed number."""


@pytest.mark.parametrize("reader", READERS | HEAVY)
def test_a_reader_is_not_slowed_by_what_was_played(reader: str) -> None:
    assert list(_slow((READERS | HEAVY)[reader], PLAYED)) == []


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_not_slowed_by_repeats_of_what_it_looks_for(reader: str) -> None:
    assert list(_slow(READERS[reader], repeats(patterns_of_language(), 2))) == []


@pytest.mark.long
@pytest.mark.parametrize("reader", HEAVY)
def test_a_heavy_reader_is_not_slowed_by_repeats_of_what_it_looks_for(reader: str) -> None:
    assert list(_slow(HEAVY[reader], repeats(patterns_of_language(), 2))) == []


def _slow(reader: Callable[[str], object], parts: list[str] | tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Yield what is repeated and how many times as long the long text takes, where that is too much."""
    reader("楼道灯坏了，")  # what is read once is read before
    for part in parts:
        ratio = _ratio(reader, part)
        if ratio > MOST:  # something else may have been at work
            ratio = min(_ratio(reader, part) for _turn in range(3))
        if ratio > MOST:
            yield part, round(ratio, 1)


def _ratio(reader: Callable[[str], object], part: str) -> float:
    short, long = (_seconds(reader, (part * size)[:size]) for size in (SHORT, LONG))
    return long / max(short, LEAST)


def _seconds(reader: Callable[[str], object], text: str) -> float:
    begun = time.thread_time()
    reader(text)
    return time.thread_time() - begun
