"""Words that people type, and what the program reads in their place: dialect, slips, sound-alikes."""

import re
import tomllib
from functools import cache, cached_property
from importlib import resources
from typing import Self

from pydantic import Field, RootModel, model_validator

from shige.profile.text import ProfilePart


class Equivalent(ProfilePart):
    """Several ways to say one thing: each of ``of`` is read as ``to``, save inside one of ``unless``."""

    to: str = Field(min_length=1)
    of: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if any(not word.strip() for word in (*self.of, *self.unless)):
            raise ValueError("holds an empty word; it would stand everywhere")
        return self


class Equivalents(RootModel[tuple[Equivalent, ...]], frozen=True):
    """All pairs of a profile, applied together: the longest word at a place holds, each place once."""

    def applied(self, text: str) -> str:
        """Return a normalised text in the words that the program reads."""
        return self._pattern.sub(lambda found: self._meant[found[0]], text) if self.root else text

    @cached_property
    def _meant(self) -> dict[str, str]:
        kept = {word: word for pair in self.root for word in pair.unless}
        return kept | {word: pair.to for pair in self.root for word in pair.of}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(self._meant, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(_whole, words)))


def _whole(word: str) -> str:
    """Match a Latin word only where no other letter touches it."""
    escaped = re.escape(word)
    return rf"(?<![a-z]){escaped}(?![a-z])" if word.isascii() else escaped


@cache
def shipped_equivalents() -> Equivalents:
    """Return the pairs that come with the program; a profile's own take their place."""
    text = resources.files("shige.profile").joinpath("speech", "equivalents.toml").read_text("utf-8")
    return Equivalents.model_validate(tomllib.loads(text)["equivalents"])
