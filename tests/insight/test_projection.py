"""The figures' memory follows the journal by position: repeatable, resumable, and nothing twice."""

import pytest
from django.db import DatabaseError

from shige.insight import commands
from shige.insight.commands import advance, rebuild
from shige.insight.models import CaseFact, Reader
from shige.trust.commands import record, sequence
from shige.trust.gate import SYSTEM

from .conftest import NOW, SOLVED, Ground, write


def memory() -> list[dict[str, object]]:
    return list(CaseFact.objects.order_by("matter").values())


def test_a_matter_is_remembered_with_its_place_and_dates(ground: Ground) -> None:
    facts = write("1", ground["c1g1m1"], **SOLVED)
    sequence()
    assert advance() == 1
    (kept,) = memory()
    assert {name: kept[name] for name in facts} == facts
    assert kept["leaf_id"] == ground["c1g1m1"].pk
    assert kept["general_id"] == ground["c1g1"].pk
    assert kept["street_id"] == ground["street"].pk


def test_the_last_entry_of_a_matter_counts(ground: Ground) -> None:
    write("1", ground["c1"])
    write("2", ground["c1"])
    write("1", ground["c2"], 2, **SOLVED)
    sequence()
    advance()
    first = CaseFact.objects.get(matter="1")
    assert (first.state, first.community_id) == ("closed", ground["c2"].pk)
    assert CaseFact.objects.count() == 2


def test_entries_without_a_position_wait(ground: Ground) -> None:
    write("1", ground["c1"])
    assert (advance(), CaseFact.objects.count()) == (0, 0)


def test_other_objects_move_the_reader_and_leave_no_figure(ground: Ground) -> None:
    record(SYSTEM, "post.closed", "post", 1, 1)
    record(SYSTEM, "filter.saved", "saved_filter", "1", 1)
    sequence()
    assert advance() == 2
    assert (CaseFact.objects.count(), Reader.objects.get().position) == (0, 2)


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_reading_in_steps_of_any_size_gives_the_same(ground: Ground, limit: int) -> None:
    for version in (1, 2, 3):
        for number in range(3):
            write(number, ground["c1"], version, rating=version if version == 3 else None)
    sequence()
    while advance(limit):
        pass
    assert [kept["rating"] for kept in memory()] == [3, 3, 3]
    assert Reader.objects.get().position == 9


def test_reading_again_changes_nothing(ground: Ground) -> None:
    write("1", ground["c1"])
    write("1", ground["c1"], 2, **SOLVED)
    sequence()
    advance()
    before = memory()
    Reader.objects.update(position=0)
    advance()
    assert memory() == before


def test_rebuilding_gives_what_reading_gave(ground: Ground) -> None:
    for number in range(5):
        write(number, ground["c1"], **(SOLVED if number % 2 else {}))
    sequence()
    advance()
    before = memory()
    CaseFact.objects.filter(matter="1").delete()
    CaseFact.objects.filter(matter="2").update(state="wrong")
    assert rebuild(2) == 5
    assert memory() == before


def test_an_interrupted_step_is_repeated_as_a_whole(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    write("1", ground["c1"])
    sequence()
    advance()
    write("2", ground["c1"])
    sequence()
    real = commands.remember

    def fail(after: int, upto: int) -> None:
        real(after, upto)
        raise DatabaseError

    with monkeypatch.context() as patched, pytest.raises(DatabaseError):
        patched.setattr(commands, "remember", fail)
        advance()
    assert (CaseFact.objects.count(), Reader.objects.get().position) == (1, 1)
    assert advance() == 1
    assert CaseFact.objects.count() == 2


def test_moments_keep_their_time_zone(ground: Ground) -> None:
    write("1", ground["c1"], reported_at=NOW)
    sequence()
    advance()
    assert CaseFact.objects.get().reported_at == NOW
