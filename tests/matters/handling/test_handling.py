"""The life of a matter in the hands of the office and of its reporter (R22, R23, R25)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm, lapse_unconfirmed, reopen, say_not_solved
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import add_note, set_place, solve, take
from shige.matters.handling.commands.transfer import pass_on, pass_up, return_down
from shige.matters.models import Matter
from shige.matters.report import Filed
from shige.matters.workflow.actors import allowed
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry, OutboxMessage

from ..town import OUTSIDE, WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filed(town: Town, category: str = "01.1", **given: object) -> Filed:
    """File a matter in the first micro-grid."""
    return file_matter(PUBLIC, report(category=category, **({"place": town.place("micro")} | given)))


def solved(town: Town, **given: object) -> Filed:
    """File a matter that its owner has reported as solved."""
    found = filed(town, **given)
    owner = town.viewer("fulltime_worker")
    take(owner, found.matter.number)
    solve(owner, found.matter.number, "换了灯泡")
    found.matter.refresh_from_db()
    return found


def test_taking_is_the_answer_that_was_promised(town: Town) -> None:
    number = filed(town).matter.number
    with clock.at(WEDNESDAY + timedelta(hours=1)):
        matter = take(town.viewer("fulltime_worker"), number)
    assert (matter.state, matter.responded_at) == ("in_hand", WEDNESDAY + timedelta(hours=1))
    assert (matter.version, matter.steps.count()) == (2, 2)


@pytest.mark.parametrize("who", ["micro_worker", "fulltime_worker2", "micro_worker3", "department"])
def test_who_neither_owns_nor_dispatches_cannot_take(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        take(town.viewer(who), filed(town).matter.number)


@pytest.mark.parametrize("who", ["community_chief", "street_officer", "district_centre"])
def test_a_dispatcher_above_may_take(town: Town, who: str) -> None:
    assert take(town.viewer(who), filed(town).matter.number).state == "in_hand"


def test_a_community_does_not_move_what_stands_with_the_street(town: Town) -> None:
    number = filed(town, "06.3").matter.number
    with pytest.raises(PermissionDenied):
        take(town.viewer("community_chief"), number)


def test_nothing_can_be_done_out_of_turn(town: Town) -> None:
    number = filed(town).matter.number
    with pytest.raises(ValidationError):
        solve(town.viewer("fulltime_worker"), number, "done")
    take(town.viewer("fulltime_worker"), number)
    with pytest.raises(ValidationError):
        take(town.viewer("fulltime_worker"), number)


@pytest.mark.parametrize("command", [add_note, solve, pass_up])
def test_words_are_due_where_the_table_asks_for_them(town: Town, command: object) -> None:
    number = filed(town).matter.number
    take(town.viewer("fulltime_worker"), number)
    with pytest.raises(ValidationError):
        command(town.viewer("fulltime_worker"), number, "  ")  # type: ignore[operator]


def test_numbers_in_notes_are_masked(town: Town) -> None:
    number = filed(town).matter.number
    take(town.viewer("fulltime_worker"), number)
    add_note(town.viewer("fulltime_worker"), number, "已联系13812345678")
    assert Matter.objects.get().steps.last().note == "已联系***********"


def test_passing_up_finds_the_next_owner_and_keeps_the_dates(town: Town) -> None:
    before = filed(town).matter
    after = pass_up(town.viewer("fulltime_worker"), before.number, "需要社区协调")
    assert (town.owner(after), after.tier, after.state) == ("community_chief", "C", "new")
    assert after.resolve_by == before.resolve_by
    assert OutboxMessage.objects.filter(receiver=town.persons["community_chief"]).count() == 1


def test_passing_up_skips_a_tier_that_the_same_post_answers_for(town: Town) -> None:
    number = filed(town, "10.1", place=town.place("tower")).matter.number
    assert town.owner(pass_up(town.viewer("exclusive_worker"), number, "超出职责")) == "community_chief"


def test_passing_up_from_the_street_reaches_the_department_or_the_district(town: Town) -> None:
    number = filed(town, "06.3").matter.number
    assert town.owner(pass_up(town.viewer("street_officer"), number, "超出职责")) == "district_centre"


def test_there_is_nothing_above_a_department(town: Town) -> None:
    number = filed(town, "04.5").matter.number
    with pytest.raises(ValidationError):
        pass_up(town.viewer("department"), number, "超出职责")


def test_returning_goes_a_tier_down(town: Town) -> None:
    number = filed(town, "02.1").matter.number
    after = return_down(town.viewer("community_chief"), number, "请先核实")
    assert (town.owner(after), after.tier) == ("fulltime_worker", "G")


@pytest.mark.parametrize(("category", "who"), [("11.3", "service_centre"), ("05.6", "service_centre")])
def test_what_must_not_be_mediated_is_never_returned_below_the_street(
    town: Town, category: str, who: str
) -> None:
    """P3, P4."""
    number = filed(town, category).matter.number
    with pytest.raises(ValidationError):
        return_down(town.viewer(who), number, "请社区处理")


def test_passing_on_reaches_a_peer_of_the_same_tier_only(town: Town) -> None:
    number = filed(town, "10.1").matter.number
    chief = town.viewer("community_chief")
    with pytest.raises(ValidationError):
        pass_on(chief, number, town.posts["fulltime_worker"].pk, "就近")
    after = pass_on(chief, number, town.posts["micro_worker2"].pk, "就近")
    assert (town.owner(after), after.tier) == ("micro_worker2", "M")
    assert take(town.viewer("micro_worker2"), number).state == "in_hand"


def test_only_dispatchers_pass_on(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        pass_on(
            town.viewer("micro_worker"),
            filed(town, "10.1").matter.number,
            town.posts["micro_worker2"].pk,
            "x",
        )


def test_setting_the_place_gives_the_matter_its_grid_and_owner(town: Town) -> None:
    number = filed(town, "10.1", place=OUTSIDE).matter.number
    with pytest.raises(ValidationError):
        set_place(town.viewer("street_officer"), number, OUTSIDE)
    after = set_place(town.viewer("street_officer"), number, town.place("micro2"))
    after.refresh_from_db()
    assert (town.owner(after), after.leaf, after.tier) == ("micro_worker2", town.areas["micro2"], "M")


def test_only_the_reporter_closes_and_rates(town: Town) -> None:
    found = solved(town)
    assert found.matter.confirm_by == WEDNESDAY + timedelta(days=7)
    assert "confirm" not in [row.action for row in allowed(town.viewer("fulltime_worker"), found.matter)]
    after = confirm(PUBLIC, found.tracking_code, 5)
    assert (after.state, after.rating, after.closed_at) == ("closed", 5, WEDNESDAY)


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_is_one_to_five(town: Town, rating: int) -> None:
    with pytest.raises(ValidationError):
        confirm(PUBLIC, solved(town).tracking_code, rating)


def test_a_code_is_read_as_people_type_it(town: Town) -> None:
    typed = solved(town).tracking_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert confirm(PUBLIC, typed, 4).state == "closed"


def test_a_wrong_code_answers_nothing(town: Town) -> None:
    solved(town)
    with pytest.raises(PermissionDenied):
        confirm(PUBLIC, "0000-0000-0000-0000", 5)


def test_not_solved_goes_back_to_its_owner(town: Town) -> None:
    found = solved(town)
    after = say_not_solved(PUBLIC, found.tracking_code, "还是不亮")
    assert (after.state, after.reopened, after.solved_at) == ("in_hand", 1, None)
    told = OutboxMessage.objects.filter(kind="matter.reopened").get()
    assert told.receiver == town.persons["fulltime_worker"]
    assert solve(town.viewer("fulltime_worker"), found.matter.number, "再次更换").state == "to_confirm"


def test_no_answer_in_seven_days_ends_unconfirmed_and_unrated(town: Town) -> None:
    found = solved(town)
    with clock.at(WEDNESDAY + timedelta(days=7)):
        assert lapse_unconfirmed(SYSTEM) == 0
    with clock.at(WEDNESDAY + timedelta(days=7, seconds=1)):
        assert lapse_unconfirmed(SYSTEM) == 1
        assert lapse_unconfirmed(SYSTEM) == 0
    found.matter.refresh_from_db()
    assert (found.matter.state, found.matter.rating) == ("unconfirmed", None)


def test_only_the_program_lets_matters_lapse(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        lapse_unconfirmed(town.viewer("street_officer"))


def test_a_closed_matter_can_be_taken_up_again_for_ten_days(town: Town) -> None:
    found = solved(town)
    confirm(PUBLIC, found.tracking_code, 2)
    with clock.at(WEDNESDAY + timedelta(days=10, seconds=1)), pytest.raises(ValidationError):
        reopen(PUBLIC, found.tracking_code, "又坏了")
    with clock.at(WEDNESDAY + timedelta(days=10)):
        after = reopen(PUBLIC, found.tracking_code, "又坏了")
    assert (after.state, after.rating, after.closed_at, after.reopened) == ("in_hand", None, None, 1)


def test_the_reporter_is_told_by_the_telephone_that_was_left(town: Town) -> None:
    found = solved(town, phone="13812345678")
    told = OutboxMessage.objects.get(kind="matter.solved")
    assert (told.receiver_handle, told.state) == (found.matter.phone_handle, "waiting")


def test_every_step_is_in_the_journal_with_the_facts_of_figures(town: Town) -> None:
    found = solved(town)
    confirm(PUBLIC, found.tracking_code, 3)
    entries = list(JournalEntry.objects.filter(object_type="matter").order_by("pk"))
    assert [entry.verb for entry in entries] == [
        "matter.filed",
        "matter.take",
        "matter.solve",
        "matter.confirm",
    ]
    assert [entry.object_version for entry in entries] == [1, 2, 3, 4]
    assert entries[-1].facts["rating"] == 3 and entries[-1].facts["closed_at"] == WEDNESDAY.isoformat()
    assert set(entries[-1].facts) == {
        "category", "tier", "state", "rating", "sealed", "guarded", "owner", "reopened", "reported_at",
        "respond_by", "resolve_by", "responded_at", "solved_at", "closed_at", "stopped_at",
    }  # fmt: skip


def test_the_history_names_whose_turn_it_was(town: Town) -> None:
    matter = solved(town).matter
    steps = list(matter.steps.order_by("pk"))
    assert [step.action for step in steps] == ["file", "take", "solve"]
    assert steps[1].post == town.posts["fulltime_worker"]
    assert (steps[2].note, steps[2].remark) == ("换了灯泡", "")
