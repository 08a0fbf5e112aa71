"""Texts that make a careless pattern look again and again: repeats of what the pattern itself looks for."""

import importlib
import pkgutil
import random
import re
import re._constants as op
import re._parser as parser
from collections.abc import Iterator
from typing import Any

import shige.language

OF_CLASS = {
    op.CATEGORY_DIGIT: "7",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_WORD: "k",
    op.CATEGORY_NOT_DIGIT: "k",
    op.CATEGORY_NOT_SPACE: "k",
    op.CATEGORY_NOT_WORD: ",",
}
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def repeats(patterns: Iterator[re.Pattern[str]], each: int, seed: int = 1) -> list[str]:
    """Return what is to be repeated: parts of what each pattern looks for, and pairs of them."""
    rng, found = random.Random(seed), dict[str, None]()
    for pattern in patterns:
        parts = sorted(_parts(pattern, rng))
        pairs = [rng.choice(parts) + rng.choice(parts) for _ in range(each)]
        found |= dict.fromkeys(rng.sample(parts, min(each, len(parts))) + pairs)
    return list(found)


def patterns_of_language() -> Iterator[re.Pattern[str]]:
    """Yield every pattern that a module of the room holds."""
    for module in pkgutil.walk_packages(shige.language.__path__, "shige.language."):
        for value in vars(importlib.import_module(module.name)).values():
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, re.Pattern):
                    yield each


def _parts(pattern: re.Pattern[str], rng: random.Random) -> set[str]:
    tree = parser.parse(pattern.pattern, pattern.flags)
    parts = {_written([node], rng) for node in _nodes(tree) if node[0] in REPEATS}
    for _turn in range(6):
        whole = _written(tree, rng)
        parts |= {whole, whole[:-1], whole[1:], whole[: len(whole) // 2]}
    return {part for part in parts if part} or {" "}


def _nodes(tree: Any) -> Iterator[Any]:
    for node in tree:
        yield node
        for inner in _inside(node):
            yield from _nodes(inner)


def _inside(node: Any) -> list[Any]:
    kind, said = node
    if kind in REPEATS:
        return [said[2]]
    if kind is op.BRANCH:
        return list(said[1])
    if kind is op.SUBPATTERN:
        return [said[3]]
    return [said] if kind is op.ATOMIC_GROUP else []


def _written(tree: Any, rng: random.Random) -> str:
    """Return a text of which a tree might match each piece; what it looks ahead for is not kept to."""
    return "".join(_piece(node, rng) for node in tree)


def _piece(node: Any, rng: random.Random) -> str:
    kind, said = node
    if kind in REPEATS:
        least, most, _inner = said
        times = rng.choice((least, min(most, least + 1), min(most, least + 3)))
        return "".join(_written(said[2], rng) for _turn in range(times))
    if kind is op.IN:
        return _one_of(said, rng)
    if kind is op.LITERAL:
        return chr(said)
    if kind in (op.NOT_LITERAL, op.ANY):
        return "k"
    inner = _inside(node)
    return _written(rng.choice(inner), rng) if inner else ""


def _one_of(choices: Any, rng: random.Random) -> str:
    kind, said = rng.choice(choices)
    if kind is op.LITERAL:
        return chr(said)
    if kind is op.RANGE:
        return chr(rng.randint(*said))
    return OF_CLASS[said] if kind is op.CATEGORY else "k"
