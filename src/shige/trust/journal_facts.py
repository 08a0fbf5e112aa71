"""What an entry of the journal says of its object: one typed form for each kind of event.

A room brings its kinds in ``apps.py``. Only what is brought can be written, and whoever reads gets the same
form back. The stamp and the hash of an entry are made over the JSON that ``as_written`` returns, so a form
never changes what its version writes: another field is another version.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, Final

from .models import JournalEntry

ANY_ACTION: Final = ".*"
"""Ends a kind that stands for every action of a subject; those of a table are the profile's."""

VERSION: Final = "v"
"""Where the JSON names its version; the first one, the most by far, is not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What one kind of event says; its fields are what JSON knows, and nothing in them is personal.

    A field without a default is always written; one with a default only where it differs. A trailing
    underscore keeps a name apart from Python's own words and is not written.
    """

    version: ClassVar[int] = 1

    @classmethod
    def renewed(cls, said: dict[str, Any], version: int) -> dict[str, Any]:
        """Return what an entry of this or an older version says, in the fields of this one."""
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare(Fact):
    """That it happened, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouching(Fact):
    """May vouch for a row: ``kept`` is what ``vouched_rows.told_of`` tells of it."""

    kept: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How the events of a kind are written: the class, and the name, key and default of each field."""

    fact: type[Fact]
    fields: tuple[tuple[str, str, object], ...]


KINDS: dict[str, Form] = {}
"""The form of each kind of event, by the entry's verb."""


class UnknownFactError(ValueError):
    """A kind that no room brings, another form than its own, or a key or version that it does not know."""


def bring_facts(kinds: Mapping[str, type[Fact]]) -> None:
    """Add what a room writes into the journal; ``task.*`` is every action on a task not named itself."""
    for kind, fact in kinds.items():
        named = ((field.name, field.name.rstrip("_"), field.default) for field in fields(fact))
        KINDS[kind] = Form(fact, tuple(named))


def form_of(kind: str) -> Form:
    """Return the form of a kind of event; UnknownFactError where no room brings it."""
    found = KINDS.get(kind) or KINDS.get(kind.partition(".")[0] + ANY_ACTION)
    if found is None:
        raise UnknownFactError(f"no room brings “{kind}”")
    return found


def as_written(kind: str, fact: Fact) -> dict[str, object]:
    """Return the JSON of what an event says; UnknownFactError where the kind has another form."""
    form = form_of(kind)
    if type(fact) is not form.fact:
        raise UnknownFactError(f"“{kind}” says {form.fact.__name__}, not {type(fact).__name__}")
    said = {key: value for name, key, usual in form.fields if (value := getattr(fact, name)) != usual}
    return said | {VERSION: fact.version} if fact.version > 1 else said


def read_fact(entry: JournalEntry) -> Fact:
    """Return what an entry says.

    Raises
    ------
    UnknownFactError
        Its kind, its version or a key is unknown here, or a key is missing; the message names it.
    """
    form, said = form_of(entry.verb), dict(entry.facts)
    version = said.pop(VERSION, 1)
    if version not in range(1, form.fact.version + 1):
        raise UnknownFactError(f"“{entry.verb}” has no version {version}")
    said = form.fact.renewed(said, version)
    known = {key: name for name, key, _usual in form.fields}
    needed = {key for _name, key, usual in form.fields if usual is MISSING}
    if strange := said.keys() - known.keys():
        raise UnknownFactError(f"“{entry.verb}” has no “{min(strange)}”")
    if lacking := needed - said.keys():
        raise UnknownFactError(f"“{entry.verb}” lacks “{min(lacking)}”")
    return form.fact(**{known[key]: value for key, value in said.items()})
