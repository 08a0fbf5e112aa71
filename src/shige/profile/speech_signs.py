"""Signs of what a text speaks of, written as turns of speech over classes of words.

A turn such as ``{family}*{beat}*{child}`` names classes of words in braces, alternatives of its own in
round brackets (``(一直/又)*跟着我``) and, by ``*``, a few characters within a sentence; ``?`` behind a
bracket leaves it free.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Final, Self

from pydantic import model_validator

from .equivalents import Equivalents
from .text import ProfilePart

_CLAUSE: Final = r"[^。.!?？！；;\n]"  # a comma joins what one sentence tells
_NEAR: Final = 9  # characters that `*` stands for: in Chinese, and in other scripts
_NEAR_LATIN: Final = 32
_LONGEST_DENIAL: Final = 24  # characters before a turn in which its denial is looked for
_PIECE: Final = re.compile(r"(?:\{([a-z_]+)\}|\(([^()]+)\))(\??)|(\*)|([^{}()*?]+)")
_CHINESE: Final = re.compile(r"[㐀-鿿]")

Classes = Mapping[str, tuple[str, ...]]


class Signs(ProfilePart):
    """The turns of speech that tell of one kind, and those that hold one and mean something else."""

    signs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class SignTable(ProfilePart):
    """Signs of several kinds over shared classes of words.

    ``harmless`` are turns that show a whole sentence to be about something else (a lecture, an insurance, a
    dog); ``present`` those that show danger or behaviour at hand all the same. ``misheard`` are turns of
    ordinary matters that likeness takes for a kind; it must be all but sure beside one of them.
    """

    classes: dict[str, tuple[str, ...]]
    kinds: dict[str, Signs]
    harmless: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    misheard: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_readable(self) -> Self:
        problems = [f"{where}: {problem}" for where, turn in self._turns() for problem in self._faults(turn)]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _turns(self) -> Iterator[tuple[str, str]]:
        for kind, signs in self.kinds.items():
            yield from ((f"{kind}.signs", turn) for turn in signs.signs)
            yield from ((f"{kind}.unless", turn) for turn in signs.unless)
        yield from (("harmless", turn) for turn in self.harmless)
        yield from (("present", turn) for turn in self.present)
        yield from (("misheard", turn) for turn in self.misheard)

    def _faults(self, turn: str) -> Iterator[str]:
        if "".join(found[0] for found in _PIECE.finditer(turn)) != turn or not turn.strip("*"):
            yield f"{turn!r} has an open bracket or says nothing"
        for found in _PIECE.finditer(turn):
            if found[1] and found[1] not in self.classes:
                yield f"{turn!r} names the class {found[1]!r}; known are {', '.join(sorted(self.classes))}"

    def compiled(
        self, equivalents: Equivalents, denials: tuple[str, ...], no_denials: tuple[str, ...]
    ) -> "CompiledSigns":
        """Return the table ready for matching, its words read as a text is (`equivalents`).

        A turn does not count right after one of ``denials`` or where a gap of its own ends in one, unless
        that ends one of ``no_denials`` (有没有).
        """
        classes = {
            name: tuple(dict.fromkeys(equivalents.applied(word.casefold()) for word in words))
            for name, words in self.classes.items()
        }
        return CompiledSigns(self, classes, equivalents, _ending_in(denials), _ending_in(no_denials))


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of speech as a pattern, with the classes that a text must hold for it."""

    written: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    def stands(self, text: str, held: "Held") -> bool:
        """Say whether a text holds the turn."""
        return all(held[name] for name in self.needs) and self.pattern.search(text) is not None


@dataclass(frozen=True)
class Turns:
    """The turns of one kind, looked for together: a text is asked for hundreds of them, and holds few."""

    all: tuple[Turn, ...]

    def standing(self, text: str, held: "Held") -> Iterator[Turn]:
        """Yield the turns that a text holds: those that need no class first."""
        plain, any_plain = self._plain
        if plain and any_plain.search(text):
            yield from (turn for turn in plain if turn.pattern.search(text))
        for needs, turns in self._needing:
            if all(held[name] for name in needs):
                yield from (turn for turn in turns if turn.pattern.search(text))

    @cached_property
    def _plain(self) -> tuple[tuple[Turn, ...], re.Pattern[str]]:
        """The turns that need no class, and one pattern that finds out whether any of them stands."""
        plain = tuple(turn for turn in self.all if not turn.needs)
        return plain, re.compile("|".join(f"(?:{turn.pattern.pattern})" for turn in plain))

    @cached_property
    def _needing(self) -> tuple[tuple[tuple[str, ...], tuple[Turn, ...]], ...]:
        """The other turns, by the classes that they need."""
        by_needs: dict[tuple[str, ...], list[Turn]] = {}
        for turn in self.all:
            by_needs.setdefault(turn.needs, []).append(turn)
        return tuple((needs, tuple(turns)) for needs, turns in by_needs.items() if needs)


class Held(dict[str, bool]):
    """Which classes a text holds, each looked for once and only when a turn asks."""

    def __init__(self, text: str, patterns: Mapping[str, re.Pattern[str]]) -> None:
        super().__init__()
        self._text, self._patterns = text, patterns

    def __missing__(self, name: str) -> bool:
        self[name] = self._patterns[name].search(self._text) is not None
        return self[name]


@dataclass(frozen=True)
class CompiledSigns:
    """A table of signs ready for matching."""

    table: SignTable
    classes: Classes
    equivalents: Equivalents
    denials: re.Pattern[str]
    no_denials: re.Pattern[str]

    def says(self, kind: str, text: str, held: Held) -> bool:
        """Say whether a text holds a turn of a kind that is not denied."""
        standing = self.signs[kind].standing(text, held)
        return any(not self._denied(found) for turn in standing for found in turn.pattern.finditer(text))

    def _denied(self, found: re.Match[str]) -> bool:
        before = found.string[max(0, found.start() - _LONGEST_DENIAL) : found.start()]
        gaps = (gap for gap in found.groups() if gap)
        return any(self._ends_in_denial(part) for part in (before, *gaps))

    def _ends_in_denial(self, part: str) -> bool:
        return self.denials.search(part) is not None and self.no_denials.search(part) is None

    def held(self, text: str) -> Held:
        """Return which classes a text holds."""
        return Held(text, self._class_patterns)

    @cached_property
    def signs(self) -> dict[str, Turns]:
        """The turns of each kind."""
        return {kind: Turns(self._all(signs.signs)) for kind, signs in self.table.kinds.items()}

    @cached_property
    def unless(self) -> dict[str, tuple[Turn, ...]]:
        """The turns of each kind that mean something else."""
        return {kind: self._all(signs.unless) for kind, signs in self.table.kinds.items()}

    @cached_property
    def harmless(self) -> Turns:
        """The turns that show a sentence to be about something else."""
        return Turns(self._all(self.table.harmless))

    @cached_property
    def present(self) -> Turns:
        """The turns that show what is at hand."""
        return Turns(self._all(self.table.present))

    @cached_property
    def misheard(self) -> Turns:
        """The turns of ordinary matters that sound like a kind."""
        return Turns(self._all(self.table.misheard))

    @cached_property
    def _class_patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: re.compile(_any_of(words)) for name, words in self.classes.items()}

    def _all(self, turns: tuple[str, ...]) -> tuple[Turn, ...]:
        return tuple(self._turn(turn) for turn in turns)

    def _turn(self, written: str) -> Turn:
        latin = not any(_CHINESE.search(word) for word in self._words(written))
        near = _NEAR_LATIN if latin else _NEAR
        parts, needs = [], []
        for name, choice, free, gap, plain in _PIECE.findall(written):
            if name and not free:
                needs.append(name)
            if gap:
                parts.append(f"({_CLAUSE}{{0,{near}}}?)")
            else:
                parts.append(self._choice(name, choice, plain) + free)
        return Turn(written, tuple(needs), re.compile("".join(parts)))

    def _choice(self, name: str, choice: str, plain: str) -> str:
        if name:
            return _any_of(self.classes[name])
        return _any_of(tuple(self._read(word) for word in (choice or plain).split("/")))

    def _words(self, written: str) -> Iterator[str]:
        for name, choice, _free, _gap, plain in _PIECE.findall(written):
            yield from self.classes[name] if name else (choice, plain)

    def _read(self, word: str) -> str:
        return self.equivalents.applied(word.casefold())


def _any_of(words: tuple[str, ...]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(_one(word) for word in longest_first)})"


def _ending_in(phrases: tuple[str, ...]) -> re.Pattern[str]:
    words = [_one(phrase.casefold()) for phrase in phrases]
    return re.compile(rf"(?:{'|'.join(words)})\s?$" if words else r"(?!)")


def _one(word: str) -> str:
    """Match Chinese anywhere, a Latin word only as a whole, its plural included."""
    begins = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", word) else ""
    ends = r"(?:e?s)?(?![a-z0-9])" if re.search(r"[a-z0-9]$", word) else ""
    return begins + re.escape(word) + ends


@cache
def shipped_signs(name: str) -> SignTable:
    """Return a table that comes with the program: ``danger`` or ``complaints``."""
    text = resources.files("shige.profile").joinpath("speech", f"{name}.toml").read_text("utf-8")
    return SignTable.model_validate(tomllib.loads(text))
