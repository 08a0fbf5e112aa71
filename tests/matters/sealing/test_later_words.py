"""Danger that is said later ends a mediation, and the street hears of it (P4)."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters.confirmation.commands.answers import (
    add_words,
    answer,
    reopen,
    request_review,
    say_not_solved,
)
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.contact import reveal_words
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.handling.commands.pause import ask
from shige.matters.models import Matter
from shige.matters.neighbours.commands import say_beside
from shige.matters.report import Filed
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import OutboxMessage

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

WORDS = "他打我，还打孩子"
ASKED, SOLVED = "asked", "solved"

LATER: dict[str, tuple[str, Callable[..., Matter]]] = {
    "add": ("", add_words),
    "answer": (ASKED, answer),
    "not_solved": (SOLVED, say_not_solved),
    "review": (SOLVED, request_review),
}


def filed(town: Town, category: str = "05.1") -> Filed:
    """File a matter that the micro-grid worker answers for."""
    made = file_matter(PUBLIC, report("夫妻总吵架", category=category, place=town.place("micro")))
    assert town.owner(made.matter) == "micro_worker"
    return made


def brought_to(made: Filed, stage: str) -> None:
    """Let the office ask its reporter, or report it as solved."""
    if stage:
        take(SYSTEM, made.matter.number)
    if stage == ASKED:
        ask(SYSTEM, made.matter.number, "什么时候吵？")
    if stage == SOLVED:
        solve(SYSTEM, made.matter.number, "谈过了")


def told_of_danger() -> set[str]:
    """Return who was told of danger."""
    return set(
        OutboxMessage.objects.filter(kind="matter.danger").values_list("receiver__username", flat=True)
    )


@pytest.mark.parametrize("action", LATER)
def test_a_dispute_leaves_mediation_at_once(town: Town, action: str) -> None:
    made, (stage, said) = filed(town), LATER[action]
    brought_to(made, stage)
    said(PUBLIC, made.tracking_code, WORDS)
    matter = Matter.objects.get()
    assert (matter.category, matter.kind, matter.state) == ("05.6", "guarded", "new")
    assert town.owner(matter) == "department2" and matter.tier == "X"
    assert told_of_danger() == {"service_centre"}
    later, sealed = matter.steps.order_by("-pk")[:2][::-1]
    assert (later.action, sealed.action, later.note) == (action, "guard", "")
    assert "已告知街道" in later.remark and WORDS not in str(matter.steps.values())


def test_a_closed_dispute_leaves_mediation_when_it_is_taken_up_again(town: Town) -> None:
    made = filed(town)
    brought_to(made, SOLVED)
    Matter.objects.update(state="closed", open=False, closed_at=made.matter.reported_at, confirm_by=None)
    reopen(PUBLIC, made.tracking_code, WORDS)
    assert town.owner(Matter.objects.get()) == "department2"


@pytest.mark.django_db(transaction=True)
def test_the_mediator_does_not_read_those_words(town: Town) -> None:
    made = filed(town)
    add_words(PUBLIC, made.tracking_code, WORDS)
    with pytest.raises(PermissionDenied):
        reveal_words(town.viewer("micro_worker"), made.matter.number, "看看")
    assert WORDS in reveal_words(town.viewer("department2"), made.matter.number, "出警")


def test_an_alarm_that_is_dismissed_is_looked_at_by_the_trained_post_first(town: Town) -> None:
    made = filed(town)
    add_words(PUBLIC, made.tracking_code, "不是他打我，是吵架", no_emergency=True)
    matter = Matter.objects.get()
    assert (town.owner(matter), matter.category, told_of_danger()) == ("service_centre", "05.1", set())
    assert "反映人确认不是紧急情况" in matter.steps.get(action="add").remark


def test_of_any_other_matter_it_is_set_apart_and_the_street_is_told(town: Town) -> None:
    made = file_matter(PUBLIC, report(category="02.1", place=town.place("micro")))
    add_words(PUBLIC, made.tracking_code, WORDS)
    lamp, apart = Matter.objects.order_by("pk")
    assert (lamp.kind, lamp.sealed, lamp.words, lamp.steps.count()) == ("ordinary", 0, "路灯不亮了", 1)
    assert (apart.kind, apart.sealed, apart.category, apart.words) == ("guarded", 1, "05.6", "")
    assert town.owner(apart) == "department2" and told_of_danger() == {"service_centre"}


def test_of_a_hazard_said_later_the_street_is_told_and_nothing_is_hidden(town: Town) -> None:
    made = file_matter(PUBLIC, report(category="02.1", place=town.place("micro")))
    add_words(PUBLIC, made.tracking_code, "现在还有煤气味")
    matter = Matter.objects.get()
    assert (matter.sealed, matter.confidential, matter.kind) == (0, False, "ordinary") and told_of_danger()


def test_who_speaks_beside_is_heard_as_well(town: Town) -> None:
    made, other = filed(town), filed(town)
    merge(SYSTEM, other.matter.number, made.matter.number, "同一家")
    say_beside(PUBLIC, other.tracking_code, WORDS)
    matter = Matter.objects.get(pk=made.matter.pk)
    assert town.owner(matter) == "department2" and told_of_danger()
    assert matter.steps.get(action="joined_says").words_handle


def test_words_without_danger_tell_nobody_but_the_owner(town: Town) -> None:
    made = filed(town)
    add_words(PUBLIC, made.tracking_code, "昨天又吵了")
    assert town.owner(Matter.objects.get()) == "micro_worker" and not told_of_danger()
