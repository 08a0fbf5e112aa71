"""What the journal is told is typed: only what a room brings is written, and it comes back as it was."""

import ast
import json
import types
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from shige.trust.commands import record, sequence
from shige.trust.facts import PostOpened
from shige.trust.gate import SYSTEM
from shige.trust.journal_facts import (
    KINDS,
    Bare,
    Fact,
    UnknownFactError,
    Vouching,
    as_written,
    bring_facts,
    form_of,
    read_fact,
)
from shige.trust.models import JournalEntry
from shige.trust.verification import verify
from shige.trust.vouched_rows import FACT
from tests.made_up_facts import NOTED, Noted

SOURCE: Final = Path(__file__).parents[2] / "src" / "shige"
PLAIN: Final = (str, int, float, bool, type(None))
WRITERS: Final = {
    "record", "record_all", "entry_of", "changed", "journal", "note",
    "_record", "_journal", "_keep", "_saved", "_changed",
}  # fmt: skip
"""Functions whose second argument is the kind of an event, ``_record(viewer, "task.given", task)``."""


def entry(kind: str, said: dict[str, Any]) -> JournalEntry:
    return JournalEntry(verb=kind, facts=said)


def is_plain(hint: Any) -> bool:
    """Say whether JSON keeps every value of a type as it is."""
    inner = get_args(hint)
    if get_origin(hint) in (list, Union, types.UnionType):
        return all(map(is_plain, inner))
    if get_origin(hint) is dict:
        return inner[0] is str and is_plain(inner[1])
    return hint in PLAIN


def kinds_in(path: Path) -> Iterator[str]:
    """Yield the kinds of events that a module writes; ``task.{action}`` is any action of a task."""
    for call in ast.walk(ast.parse(path.read_text())):
        name = getattr(call, "func", None)
        if not isinstance(call, ast.Call) or getattr(name, "id", "") not in WRITERS or len(call.args) < 2:
            continue
        kind = call.args[1]
        if isinstance(kind, ast.Constant) and "." in str(kind.value):
            yield str(kind.value)
        elif isinstance(kind, ast.JoinedStr) and isinstance(kind.values[0], ast.Constant):
            yield f"{kind.values[0].value}any"


def test_every_kind_that_the_program_writes_is_brought_by_a_room() -> None:
    written = {kind for path in SOURCE.rglob("*.py") for kind in kinds_in(path)}
    assert len(written) > 60
    assert [kind for kind in sorted(written) if not form_of(kind)] == []


def test_every_field_is_what_json_keeps() -> None:
    odd = {
        f"{form.fact.__name__}.{name}"
        for form in KINDS.values()
        for name, hint in get_type_hints(form.fact).items()
        if name != "version" and not is_plain(hint)
    }
    assert odd == set()


def test_what_vouches_for_a_row_says_so_where_the_database_looks_for_it() -> None:
    assert [field.name for field in fields(Vouching)] == [FACT]


@settings(deadline=None)
@given(st.data())
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_written_is_read_again(kind: str, data: st.DataObject) -> None:
    fact = data.draw(st.from_type(KINDS[kind].fact))
    try:
        kept = json.dumps(as_written(kind, fact), allow_nan=False)
    except ValueError:
        reject()  # no number that JSON knows
    assert read_fact(entry(kind, json.loads(kept))) == fact


def test_a_field_with_a_default_is_written_where_it_differs() -> None:
    assert as_written(NOTED, Noted(text="a")) == {"text": "a"}
    assert as_written(NOTED, Noted(text="a", share=1.5)) == {"text": "a", "share": 1.5}


@pytest.mark.parametrize(
    ("kind", "fact", "told"),
    [
        ("nobody.knows", Bare(), "no room brings “nobody.knows”"),
        ("post.opened", Bare(), "“post.opened” says PostOpened, not Bare"),
        ("post.closed", PostOpened(role="r", area=1), "“post.closed” says Bare, not PostOpened"),
    ],
)
def test_what_no_room_brings_is_refused_when_it_is_written(kind: str, fact: Fact, told: str) -> None:
    with pytest.raises(UnknownFactError, match=told):
        record(SYSTEM, kind, "post", 1, 1, fact=fact)


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("nobody.knows", {}, "no room brings “nobody.knows”"),
        ("post.closed", {"why": "x"}, "“post.closed” has no “why”"),
        ("post.opened", {"role": "r"}, "“post.opened” lacks “area”"),
        ("matter.take", {}, "“matter.take” lacks “category”"),
        ("post.closed", {"v": 2}, "“post.closed” has no version 2"),
        ("post.closed", {"v": "x"}, "“post.closed” has no version x"),
    ],
)
def test_what_is_unknown_is_named_when_it_is_read(kind: str, said: dict[str, Any], told: str) -> None:
    with pytest.raises(UnknownFactError, match=told):
        read_fact(entry(kind, said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Fact):
    """A length, in metres since its second version."""

    version = 2
    metres: int

    @classmethod
    def renewed(cls, said: dict[str, Any], version: int) -> dict[str, Any]:
        """Return an older length in metres."""
        return {"metres": said["kilometres"] * 1000} if version == 1 else said


def test_an_older_version_is_read_in_the_fields_of_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(KINDS, "made_up.measured", raising=False)
    bring_facts({"made_up.measured": Measured})
    assert as_written("made_up.measured", Measured(metres=5)) == {"metres": 5, "v": 2}
    for said in ({"metres": 3000, "v": 2}, {"kilometres": 3}):
        assert read_fact(entry("made_up.measured", said)) == Measured(metres=3000)


@pytest.mark.django_db
def test_a_check_of_the_journal_names_what_this_version_does_not_know() -> None:
    record(SYSTEM, NOTED, "thing", 1, 1, fact=Noted(text="a"))
    sequence()
    known = KINDS.pop(NOTED)
    try:
        verdict = verify()
    finally:
        KINDS[NOTED] = known
    assert verdict.fault is None
    assert verdict.unread == (f"no room brings “{NOTED}” (entry 1)",)
    assert verify().unread == ()
