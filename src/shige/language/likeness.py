"""How well a text names a place: 0 to 1, with one slip of the hand or the ear forgiven."""

from typing import Final

from .spelling import Spelling, own_letters, spelled

LEAST: Final = 0.5
"""Below this a name is not meant."""

SOUND: Final = 0.3
SLIP: Final = 1.0
MOST: Final = 1.0
"""What a character that sounds alike costs, what any other does, and how much a name may cost in all."""


def likeness(written: str, name: str, also: str = "") -> float:
    """Return from 0 to 1 how well ``written`` names what is called ``name``, or ``also`` by its kind."""
    one, other = spelled(written), spelled(name)
    if not one.text:
        return 0.0
    found = _latin(one, other, also) if one.text.isascii() else _han(one, other)
    return max(found, *(_by_kind(one.text, word, other.text) for word in also.split()), 0.0)


def _by_kind(written: str, word: str, name: str) -> float:
    """Rate a text that says what kind of place it is: 菜市场, or 玉兰菜市场 for 玉兰农贸市场."""
    if written == word:
        return 0.75
    own = written.removesuffix(word)
    return 0.88 if own != written and len(own) > 1 and own in name else 0.0


def _han(one: Spelling, other: Spelling) -> float:
    if one.text == other.text:
        return 1.0
    if other.text in one.text and len(other.text) > 1:
        return 0.95 - 0.02 * min(len(one.text) - len(other.text), 10)
    if one.stem == other.stem:
        return 0.9
    if one.text in other.text:
        return _part(one, other)
    return max(_slipped(one.text, one.sounds, other.text, other.sounds), _stem_slipped(one, other))


def _part(one: Spelling, other: Spelling) -> float:
    """Rate a text that is part of a name: 海棠 of 海棠苑, 农贸市场 of 玉兰农贸市场."""
    if len(one.text) == 1:
        return 0.55 if other.text.startswith(one.text) else 0.0
    begins = 0.08 if other.text.startswith(one.text) else 0.0
    return 0.6 + 0.22 * len(one.text) / len(other.text) + begins


def _stem_slipped(one: Spelling, other: Spelling) -> float:
    """Rate names whose ends differ and whose stems slipped: 海堂小区 for 海棠苑."""
    if len(one.stem) != len(other.stem) or len(one.stem) < 2 or one.stem == one.text:
        return 0.0
    cut = len(one.stem)
    heard, named = one.sounds[:cut], other.sounds[:cut]
    if _missing(one.stem, heard, other.stem, named) > 0:
        return 0.0
    cost = _cost(one.stem, heard, other.stem, named)
    return 0.8 - 0.4 * cost if cost <= SOUND * 2 else 0.0


def _slipped(text: str, sounds: tuple[str, ...], name: str, named: tuple[str, ...]) -> float:
    """Rate a name that stands in a text with one slip: another character, one too many, one left out."""
    if len(text) != len(sounds) or len(name) != len(named) or len(name) < 2:
        return 0.0
    if _missing(text, sounds, name, named) > MOST:
        return 0.0
    cost = _cost(text, sounds, name, named)
    if cost > MOST or (len(name) == 2 and cost > SOUND * 2):
        return 0.0
    return 0.9 - 0.3 * cost - 0.01 * min(len(text), 10)


def _missing(text: str, sounds: tuple[str, ...], name: str, named: tuple[str, ...]) -> float:
    """Return what is lost at least: characters of a name of which a text has neither form nor sound.

    Most candidates share a pair of characters and no more; to count is a tenth of the work of `_cost`.
    """
    return SLIP * sum(
        char not in text and sound not in sounds for char, sound in zip(name, named, strict=True)
    )


def _cost(text: str, sounds: tuple[str, ...], name: str, named: tuple[str, ...]) -> float:
    """Return the least cost of finding the whole name somewhere in the text."""
    before = [0.0] * (len(text) + 1)
    for i, char in enumerate(name):
        row = [before[0] + SLIP]
        for j, other in enumerate(text):
            change = 0.0 if char == other else SOUND if named[i] == sounds[j] else SLIP
            row.append(min(before[j] + change, before[j + 1] + SLIP, row[j] + SLIP))
        before = row
    return min(before)


ENGLISH: Final = {
    word: ends
    for words, ends in (
        ("garden gardens", "园苑"),
        ("court", "苑院庭"),
        ("estate", "区苑"),
        ("compound", "区苑院"),
        ("community xiaoqu", "区"),
        ("village", "村"),
        ("road rd", "路"),
        ("street st", "街"),
        ("avenue ave", "道路"),
        ("lane alley", "巷"),
        ("primaryschool elementaryschool", "小"),
        ("middleschool highschool secondaryschool", "中"),
        ("kindergarten nursery", "幼"),
        ("school", "学校"),
        ("university college", "学院"),
        ("park", "园"),
        ("market plaza square mall", "场"),
        ("tower building", "厦楼"),
        ("mansion", "厦寓"),
        ("hospital", "院"),
        ("clinic healthcenter healthcentre", "诊卫"),
        ("policestation", "警派"),
        ("library museum", "馆"),
        ("supermarket shop", "市店"),
        ("bridge", "桥"),
        ("temple", "寺庙"),
        ("station", "站"),
        ("new", "新"),
        ("city", "城"),
        ("bay", "湾"),
        ("house", "府苑"),
        ("apartments", "寓"),
        ("dormitory", "舍"),
        ("hotel", "店"),
        ("river", "河"),
        ("center centre", "心"),
    )
    for word in words.split()
}
"""English ends of names, run together, with the characters that tell Chinese ones."""


def _latin(one: Spelling, other: Spelling, also: str) -> float:
    words = one.text
    if words in (other.text, other.pinyin):
        return 0.97
    if words == other.initials:
        return 0.85
    if other.pinyin.startswith(words) and len(words) > 3:
        return 0.6 + 0.25 * len(words) / len(other.pinyin)
    if other.initials.startswith(words) and len(words) > 1:
        return 0.55 + 0.2 * len(words) / len(other.initials)
    if own_letters(words) == other.initials[: len(other.stem)]:
        return 0.6
    return max(_english(words, other), _mistyped(words, other.pinyin), _shorthand(words, other.syllables))


def _english(words: str, other: Spelling) -> float:
    """Rate pinyin with an English end: haitanggarden."""
    for end, chars in ENGLISH.items():
        stem = words.removesuffix(end)
        if stem != words and len(stem) > 2 and other.pinyin.startswith(stem):
            fits = any(char in other.text for char in chars)
            return (0.7 if fits else 0.55) + 0.2 * len(stem) / len(other.pinyin)
    return 0.0


def _shorthand(words: str, syllables: tuple[str, ...]) -> float:
    """Rate what spells some syllables out and gives only the beginnings of others: htyuan, haity."""
    ends = {0}
    for count, syllable in enumerate(syllables, 1):
        ends = {
            at + length
            for at in ends
            for length in range(1, len(syllable) + 1)
            if words.startswith(syllable[:length], at)
        }
        if len(words) in ends:
            return 0.55 + 0.25 * count / len(syllables) if count > 1 else 0.0
    return 0.0


def _mistyped(words: str, pinyin: str) -> float:
    """Rate pinyin with one letter wrong, left out or too many."""
    if len(pinyin) < 6 or abs(len(words) - len(pinyin)) > 1:
        return 0.0
    letters, named = tuple(words), tuple(pinyin)
    if _missing(words, letters, pinyin, named) > SLIP:
        return 0.0
    cost = _cost(words, letters, pinyin, named)
    return 0.7 if cost <= SLIP else 0.0
