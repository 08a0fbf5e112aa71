"""Reviewed sentences of each kind, and as many harmless ones that look like them, to learn likeness from.

A file has lines of a kind, a tab and a text; the kind ``none`` is harmless. `shige danger` reads files of the
same form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path

from shige.language.marks import Subject, marks_mark


@dataclass(frozen=True, slots=True)
class Example:
    """One text and the kind that it is of."""

    kind: str
    text: str


class ExampleError(ValueError):
    """A file of examples that cannot be read; the message names the line and what to mend."""


def shipped_examples(subject: Subject) -> tuple[Example, ...]:
    """Return the examples that come with the program."""
    return tuple(parse(_shipped(subject), f"{subject}_examples.tsv"))


def examples_mark(subject: Subject) -> str:
    """Return a fingerprint of the examples and classes of words: what was learned of others is stale."""
    return sha256((_shipped(subject) + marks_mark(subject)).encode()).hexdigest()


def read_examples(path: Path, kind: str = "") -> list[Example]:
    """Read a file of examples; a line without a tab is a text of ``kind``, where one is given.

    Raises
    ------
    ExampleError
        There is no such file, it is not UTF-8, a line has no tab, or nothing is in it.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ExampleError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ExampleError(f"{path}: is not written in UTF-8; save it as UTF-8") from None
    examples = list(parse(text, str(path), kind))
    if not examples:
        raise ExampleError(f"{path}: is empty; give lines of a kind, a tab and a text")
    return examples


def parse(text: str, source: str, kind: str = "") -> Iterator[Example]:
    """Yield the examples of a text; empty lines are none, and a line without a tab is of ``kind``.

    Raises
    ------
    ExampleError
        A line lacks its kind or its text; ``source`` and the number of the line name it.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        told, tab, said = line.partition("\t") if "\t" in line else (kind, kind, line)
        if not (tab and told.strip() and said.strip()):
            raise ExampleError(
                f"{source}, line {number}: write a kind, a tab and a text (kind none: harmless)"
            )
        yield Example(told.strip(), said.strip())


def _shipped(subject: Subject) -> str:
    return resources.files("shige.profile").joinpath("speech", f"{subject}_examples.tsv").read_text("utf-8")
