"""What there is to learn from: the table's words, reviewed labels, and matters that an office has sorted."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal

from shige.language.grams import grams
from shige.profile.model import Profile
from shige.profile.suggestion import is_guarded

Source = Literal["table", "label", "matter"]

SAME_FROM: Final = 0.6
"""Share of grams (Jaccard) from which two matters tell the same story, and may not teach and test at once."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and the category that it belongs to; texts of one ``group`` are nearly the same."""

    text: str
    code: str
    source: Source
    weight: float = 1.0
    group: int = -1


def first_lessons(profile: Profile) -> list[Lesson]:
    """Return what a new installation begins with: names and keywords of the table, and reviewed labels."""
    return [*_of_table(profile), *_of_labels(profile)]


def labels_of(profile: Profile) -> dict[str, list[str]]:
    """Return the reviewed labels by category: three levels, parted by `/`; none for other profiles."""
    reviewed = files("shige.profile").joinpath("labels", f"{profile.id}.toml")
    return tomllib.loads(reviewed.read_text("utf-8")) if reviewed.is_file() else {}


def learnable(profile: Profile) -> frozenset[str]:
    """Return the categories that may be learned: none that endangers or accuses (P3, P4)."""
    return frozenset(leaf.code for leaf in profile.leaf_categories if not is_guarded(leaf))


def of_matters(sorted_out: Iterable[tuple[str, str, bool]], profile: Profile) -> list[Lesson]:
    """Return lessons from matters: text, category, and whether an office has corrected it (counts twice).

    Whatever tells nearly the same as an earlier one of its category gets the same group.
    """
    allowed = learnable(profile)
    leaders: dict[str, list[tuple[frozenset[str], int]]] = {}
    lessons, groups = [], 0
    for text, code, corrected in sorted_out:
        if code not in allowed:
            continue
        parts = frozenset(grams(text))
        group = next((key for led, key in leaders.get(code, ()) if _alike(led, parts) >= SAME_FROM), None)
        if group is None:
            group, groups = groups, groups + 1
            leaders.setdefault(code, []).append((parts, group))
        lessons.append(Lesson(text, code, "matter", 2.0 if corrected else 1.0, group))
    return lessons


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _of_table(profile: Profile) -> Iterator[Lesson]:
    allowed = learnable(profile)
    tops = {top.code: top for top in profile.categories}
    for leaf in profile.leaf_categories:
        if leaf.code not in allowed:
            continue
        names = [leaf.name.zh, leaf.name.en]
        for said in filter(None, [*names, *leaf.keywords]):
            yield Lesson(said.replace("*", " "), leaf.code, "table")
        yield Lesson(f"{tops[leaf.top].name.zh} {leaf.name.zh}", leaf.code, "table", 0.5)


def _of_labels(profile: Profile) -> Iterator[Lesson]:
    allowed = learnable(profile)
    number = 0
    for code, paths in labels_of(profile).items():
        if code not in allowed:
            continue
        for path in paths:
            _broad, middle, narrow = path.split("/")
            yield Lesson(f"{middle} {narrow}", code, "label", group=number)
            number += 1
