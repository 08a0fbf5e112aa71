"""What there is to learn from: reviewed texts, labels, the table's words, and what an office has sorted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from shige.language.category.examples import examples_of, labels_of
from shige.language.grams import grams
from shige.profile import Profile
from shige.profile.keywords import is_guarded

Source = Literal["example", "label", "table", "matter"]

WEIGHTS: Final[dict[Source, float]] = {"example": 1.0, "label": 0.7, "table": 0.7, "matter": 1.0}
"""How much one of each counts; names, keywords and labels are no sentences that anybody types."""

CORRECTED: Final = 2.0
"""How much a matter counts whose category the office has corrected."""

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
    """Return what a new installation begins with: reviewed texts and labels, names and keywords."""
    return [*_of_examples(profile), *_of_labels(profile), *_of_table(profile)]


def learnable(profile: Profile) -> frozenset[str]:
    """Return the categories that may be learned: none that endangers or accuses (P3, P4)."""
    return frozenset(leaf.code for leaf in profile.leaf_categories if not is_guarded(leaf))


def mark_of(lessons: Sequence[Lesson]) -> str:
    """Return a fingerprint of what was taught: other texts, codes or weights give another."""
    told = "\n".join(f"{lesson.code}\t{lesson.weight}\t{lesson.text}" for lesson in lessons)
    return sha256(told.encode()).hexdigest()[:16]


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
        weight = CORRECTED if corrected else WEIGHTS["matter"]
        lessons.append(Lesson(text, code, "matter", weight, group))
    return lessons


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _of_examples(profile: Profile) -> Iterator[Lesson]:
    number = 0
    for code in sorted(learnable(profile)):
        for text in examples_of(profile).get(code, ()):
            yield Lesson(text, code, "example", WEIGHTS["example"], number)
            number += 1


def _of_labels(profile: Profile) -> Iterator[Lesson]:
    allowed = learnable(profile)
    for code, paths in labels_of(profile).items():
        for path in paths if code in allowed else ():
            _broad, middle, narrow = path.split("/")
            yield Lesson(f"{middle} {narrow}", code, "label", WEIGHTS["label"])


def _of_table(profile: Profile) -> Iterator[Lesson]:
    allowed = learnable(profile)
    tops = {top.code: top for top in profile.categories}
    for leaf in profile.leaf_categories:
        if leaf.code not in allowed:
            continue
        for said in filter(None, [leaf.name.zh, leaf.name.en, *leaf.keywords]):
            yield Lesson(said.replace("*", " "), leaf.code, "table", WEIGHTS["table"])
        both = f"{tops[leaf.top].name.zh} {leaf.name.zh}"
        yield Lesson(both, leaf.code, "table", WEIGHTS["table"] / 2)
