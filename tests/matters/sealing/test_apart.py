"""Words that are said later about staff, or of danger, are a sealed matter of their own (P3, P4)."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters.confirmation.commands.answers import (
    add_words,
    answer,
    confirm,
    reopen,
    request_review,
    say_not_solved,
)
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.handling.commands.pause import ask
from shige.matters.handling.queries.alike import beside_matter
from shige.matters.models import Matter, Relation
from shige.matters.neighbours.commands import join, leave_phone, say_beside
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.report import Filed
from shige.matters.sealing.commands.apart import codes_apart
from shige.matters.sealing.commands.dismissal import dismiss_alarm
from shige.matters.sealing.plain_words import plain_words
from shige.trust.commands.vault import opened
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.handles import name_handles
from shige.trust.models import JournalEntry, OutboxMessage, VaultItem
from shige.trust.queries import messages_for

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

RUDE, HARM, CADRE = "微网格员态度恶劣", "他打我，还打孩子", "街道办的干部收红包"
PHONE, KEY = "13812345678", "k" * 16
REPORTERS: dict[str, Callable[..., Matter]] = {
    "not_solved": say_not_solved,
    "review": request_review,
    "reopen": reopen,
}


def lamp(town: Town, **given: object) -> Filed:
    """File a lamp that is in hand."""
    made = file_matter(PUBLIC, report(category="02.1", place=town.place("micro"), phone=PHONE, **given))
    take(SYSTEM, made.matter.number)
    return made


def both() -> tuple[Matter, Matter]:
    """Return the lamp and what was set apart from it."""
    first, apart = Matter.objects.order_by("pk")
    return first, apart


def kept_under(handle: UUID | None) -> str:
    """Return what the vault keeps under a handle."""
    assert handle is not None
    name_handles([handle])
    return opened(VaultItem.objects.get(handle=handle))


@pytest.mark.parametrize(("words", "seal"), [(RUDE, 1), (HARM, 1), (CADRE, 2)])
def test_nothing_of_them_is_left_in_the_matter(town: Town, words: str, seal: int) -> None:
    made = lamp(town)
    version, told = Matter.objects.get().version, len(messages_for(town.viewer("community_chief")))
    add_words(PUBLIC, made.tracking_code, words, form=KEY)
    first, apart = both()
    assert (first.sealed, first.version, first.steps.count(), first.words) == (0, version, 2, "路灯不亮了")
    assert (apart.sealed, apart.words, apart.community_id) == (seal, "", first.community_id)
    assert len(messages_for(town.viewer("community_chief"))) == told
    entries = JournalEntry.objects.filter(object_type="matter", object_id=str(first.pk))
    assert entries.count() == 2
    assert OutboxMessage.objects.filter(subject_id=apart.number).exists()


def test_the_reporter_follows_it_by_a_code_of_its_own_with_the_same_telephone(town: Town) -> None:
    made = lamp(town)
    for _ in range(2):
        add_words(PUBLIC, made.tracking_code, RUDE, form=KEY)
    first, apart = both()
    codes = codes_apart(made.tracking_code, KEY)
    assert codes is not None and codes_apart(made.tracking_code, "x" * 16) is None
    mine = tracked(*codes)
    assert mine and mine.sealed and mine.same_device and mine.number == apart.number
    before = tracked(made.tracking_code)
    assert before and apart.number not in repr(before) and before.state == "in_hand"
    assert first.phone_handle != apart.phone_handle and kept_under(apart.phone_handle) == f"+86{PHONE}"


def test_the_link_is_for_whoever_may_see_both(town: Town) -> None:
    add_words(PUBLIC, lamp(town).tracking_code, RUDE, form=KEY)
    first, _apart = both()
    assert Relation.objects.get().first == first
    for who, seen in (("service_centre", 1), ("community_chief", 0), ("micro_worker", 0)):
        assert len(beside_matter(town.viewer(who), first).related) == seen, who


@pytest.mark.parametrize("act", REPORTERS)
def test_an_answer_is_taken_with_plain_words_as_of_whoever_wrote_none(town: Town, act: str) -> None:
    made = lamp(town)
    solve(SYSTEM, made.matter.number, "换了灯泡")
    if act == "reopen":
        confirm(PUBLIC, made.tracking_code)
    REPORTERS[act](PUBLIC, made.tracking_code, RUDE, form=KEY)
    first, apart = both()
    step = first.steps.filter(action=act).get()
    assert (first.sealed, apart.sealed, step.words_handle) == (0, 1, None)
    assert step.note == plain_words(act) and any(letter >= "\u4e00" for letter in step.note)


@pytest.mark.parametrize("words", [RUDE, HARM])
def test_a_question_is_answered_though_its_words_are_set_apart(town: Town, words: str) -> None:
    made = lamp(town)
    ask(SYSTEM, made.matter.number, "哪一盏？")
    answer(PUBLIC, made.tracking_code, words, form=KEY)
    first, apart = both()
    assert (first.state, first.sealed, apart.sealed) == ("in_hand", 0, 1)
    assert first.steps.get(action="answer").note == plain_words("answer")


@pytest.mark.parametrize("words", [HARM, "楼道里闻到煤气味"])
def test_a_dismissed_alarm_is_noted_where_the_words_stand_and_opens_nothing(town: Town, words: str) -> None:
    made = lamp(town)
    add_words(PUBLIC, made.tracking_code, words, form=KEY)
    found = dismiss_alarm(PUBLIC, made.tracking_code, KEY)
    assert found.sealed == (1 if words == HARM else 0)
    step = found.steps.get(action="no_emergency")
    assert "不是紧急情况" in step.remark and not step.note
    others = Matter.objects.exclude(pk=found.pk)
    assert not any(other.steps.filter(action="no_emergency").exists() for other in others)
    with pytest.raises(PermissionDenied):
        dismiss_alarm(PUBLIC, "0000-0000-0000-0000", KEY)


def test_whoever_joined_dismisses_an_alarm_in_the_matter_that_goes_on(town: Town) -> None:
    lamp(town)
    (one,) = known_nearby("02.1", town.place("micro"))
    code = join(PUBLIC, "02.1", town.place("micro"), one.reference, "form").tracking_code
    say_beside(PUBLIC, code, "楼道里闻到煤气味", form=KEY)
    assert dismiss_alarm(PUBLIC, code, KEY).steps.filter(action="no_emergency").exists()


def test_whoever_joined_gets_a_code_and_keeps_the_own_telephone(town: Town) -> None:
    lamp(town)
    (one,) = known_nearby("02.1", town.place("micro"))
    code = join(PUBLIC, "02.1", town.place("micro"), one.reference, "form").tracking_code
    leave_phone(PUBLIC, code, "13900000000")
    say_beside(PUBLIC, code, RUDE, form=KEY)
    first, apart = both()
    assert codes_apart(code, KEY) and first.steps.count() == 2
    assert kept_under(apart.phone_handle) == "+8613900000000"


def test_what_is_said_of_a_merged_one_is_set_apart_from_the_one_that_goes_on(town: Town) -> None:
    found, other = lamp(town), lamp(town)
    merge(SYSTEM, found.matter.number, other.matter.number, "同一盏")
    say_beside(PUBLIC, found.tracking_code, RUDE, form=KEY)
    assert Matter.objects.get(pk=other.matter.pk).sealed == 0
    assert codes_apart(found.tracking_code, KEY) and Matter.objects.filter(sealed=1).count() == 1


def test_a_complaint_goes_on_by_itself_unless_somebody_higher_is_meant(town: Town) -> None:
    made = file_matter(PUBLIC, report(RUDE, category="11.3", place=town.place("micro")))
    add_words(PUBLIC, made.tracking_code, "微网格员今天又骂人", form=KEY)
    assert Matter.objects.get().steps.filter(action="add").exists()
    add_words(PUBLIC, made.tracking_code, CADRE, form="x")
    assert [one.sealed for one in both()] == [1, 2]


def test_a_dispute_goes_on_without_words_about_its_mediator(town: Town) -> None:
    made = file_matter(PUBLIC, report("楼上漏水", category="05.4", place=town.place("micro")))
    add_words(PUBLIC, made.tracking_code, RUDE, form=KEY)
    first, apart = both()
    assert (first.sealed, first.kind, apart.sealed) == (0, "dispute", 1)
