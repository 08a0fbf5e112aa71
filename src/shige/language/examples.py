"""Reviewed sentences of each kind, and as many harmless ones that look like them, to learn likeness from.

A file has lines of a kind, a tab and a text; the kind ``none`` is harmless. `shige danger` reads files of the
same form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path

from shige.language.resemblance import Subject


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
    """Return a fingerprint of the examples of the program: what was learned of others is stale."""
    return sha256(_shipped(subject).encode()).hexdigest()


def read_examples(path: Path) -> list[Example]:
    """Read a file of examples.

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
    examples = list(parse(text, str(path)))
    if not examples:
        raise ExampleError(f"{path}: is empty; give lines of a kind, a tab and a text")
    return examples


def parse(text: str, source: str) -> Iterator[Example]:
    """Yield the examples of a text; empty lines are none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        kind, tab, said = line.partition("\t")
        if not (tab and kind.strip() and said.strip()):
            raise ExampleError(
                f"{source}, line {number}: write a kind, a tab and a text (kind none: harmless)"
            )
        yield Example(kind.strip(), said.strip())


def _shipped(subject: Subject) -> str:
    return resources.files("shige.profile").joinpath("speech", f"{subject}_examples.tsv").read_text("utf-8")
