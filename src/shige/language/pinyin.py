"""Danger spelled in pinyin, read as characters: `laogong da wo` as 老公打我.

Whoever cannot switch the keyboard, or dares not be seen at it, types the letters. Only few words are
read, those of `speech/pinyin.toml`, and only where one of them tells of danger; all else stays as it is.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_TONES: Final = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv")
_LONGEST: Final = 60  # words of one run
_APART: Final = r"[1-5]?[ ']*"  # a tone, and what may stand between two syllables


def in_characters(text: str) -> str:
    """Return a normalised text with its danger in pinyin written in characters."""
    if not re.search("[a-z]", text):
        return text
    words = _words()
    plain = text.translate(_TONES)
    return words.run.sub(lambda found: words.read(found[0]), plain) if words.tells.search(plain) else text


@dataclass(frozen=True, slots=True)
class _Words:
    """The words by their spelling, without blanks; a pattern of a run of them, of one, of one that tells."""

    meant: Mapping[str, str]
    run: re.Pattern[str]
    one: re.Pattern[str]
    tells: re.Pattern[str]

    def read(self, run: str) -> str:
        """Return a run of words in characters; as it is where none of them tells of danger."""
        if not self.tells.search(run):
            return run
        spelled = self.one.findall(run)
        return "".join(self.meant[re.sub("[^a-z]", "", word)] for word in spelled)


@cache
def _words() -> _Words:
    text = resources.files("shige.profile").joinpath("speech", "pinyin.toml").read_text("utf-8")
    told = tomllib.loads(text)
    telling, all_words = tuple(told["telling"]), told["beside"] | told["telling"]
    one = _any_of(all_words)
    return _Words(
        meant={word.replace(" ", ""): characters for word, characters in all_words.items()},
        run=re.compile(rf"(?<![a-z0-9]){one}(?:{_APART}{one}){{,{_LONGEST}}}+[1-5]?(?![a-z0-9])"),
        one=re.compile(one),
        tells=re.compile(_any_of(telling)),
    )


def _any_of(words: Mapping[str, str] | tuple[str, ...]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(_APART.join(word.split()) for word in longest_first)})"
