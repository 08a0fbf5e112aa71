"""Mediation of disputes: the record, what follows from it, what never comes there (R23, R24, P1, P3, P4)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.disputes.mediation.commands import (
    PartyIn,
    PromiseIn,
    SessionIn,
    add_party,
    add_to_note,
    hold_session,
    promise,
    promise_kept,
    remove_party,
    write_agreement,
)
from shige.disputes.mediation.disclosure import reveal_mediation
from shige.disputes.mediation.settlement import agree, end_unsettled, mediate_again, to_committee
from shige.disputes.models.mediation import Mediation, Party
from shige.matters import clock
from shige.matters.confirmation.commands.answers import say_not_solved
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import reveal_words
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter, ReturnVisit
from shige.matters.report import Filed
from shige.matters.visibility.queries.sight import who_sees
from shige.trust.gate import PUBLIC
from shige.trust.handles import name_handles
from shige.trust.models import JournalEntry, VaultItem, VaultReading
from tests.matters.town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

OUTSIDERS = ["micro_worker2", "micro_worker3", "fulltime_worker2", "community_chief2", "department",
             "mediation_committee"]  # fmt: skip


def quarrel(town: Town, category: str = "05.4") -> Filed:
    """File a dispute and have the micro-grid worker take it in hand."""
    found = file_matter(
        PUBLIC, report("楼上漏水，说了几次都不修", category=category, place=town.place("micro"))
    )
    if category == "05.4":
        take(town.viewer("micro_worker"), found.matter.number)
    return found


def sealed(*handles: UUID | None) -> list[str]:
    """Return the fields that the vault holds under these handles."""
    wanted = [handle for handle in handles if handle]
    name_handles(wanted)
    return sorted(VaultItem.objects.filter(handle__in=wanted).values_list("field", flat=True))


def session(town: Town, number: str, **given: object) -> None:
    """Hold a session at the table of the community."""
    held = {"held_at": WEDNESDAY, "where": "议事厅", "result": "agreed"} | given
    hold_session(town.viewer("micro_worker"), number, SessionIn(**held))  # type: ignore[arg-type]


def agreed(town: Town) -> Filed:
    """Bring a dispute to an agreement."""
    found = quarrel(town)
    session(town, found.matter.number)
    agree(town.viewer("micro_worker"), found.matter.number, "楼上两周内重做防水")
    return found


def test_first_mediation_begins_with_the_micro_grid_worker(town: Town) -> None:
    matter = Matter.objects.get(pk=quarrel(town).matter.pk)
    assert (matter.kind, matter.state, town.owner(matter)) == ("dispute", "in_hand", "micro_worker")


def test_the_note_is_one_and_sealed(town: Town) -> None:
    number, worker = quarrel(town).matter.number, town.viewer("micro_worker")
    first = add_to_note(worker, number, "先去看了两家，楼下天花板湿了一片")
    second = add_to_note(worker, number, "楼上说防水是开发商的事")
    assert sealed(first.handle, second.handle) == ["mediation.note"] * 2
    written = str(list(JournalEntry.objects.values_list("facts", flat=True)))
    assert "天花板" not in written and "开发商" not in written


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_writes_or_reads_the_record(town: Town, who: str) -> None:
    number, viewer = quarrel(town).matter.number, town.viewer(who)
    add_to_note(town.viewer("micro_worker"), number, "看了现场")
    for attempt in (
        lambda: add_to_note(viewer, number, "好奇"),
        lambda: add_party(viewer, number, PartyIn("first", "王")),
        lambda: hold_session(viewer, number, SessionIn(WEDNESDAY, "楼下", "agreed")),
        lambda: write_agreement(viewer, number, "协议"),
        lambda: promise(viewer, number, PromiseIn("first", "修", date(2026, 9, 20))),
        lambda: agree(viewer, number, "好"),
        lambda: to_committee(viewer, number, "移交"),
        lambda: reveal_mediation(viewer, number, "好奇"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize("who", ["fulltime_worker"])
def test_who_only_sees_the_place_writes_nothing(town: Town, who: str) -> None:
    number = quarrel(town).matter.number
    with pytest.raises(PermissionDenied):
        add_to_note(town.viewer(who), number, "路过")


def test_parties_are_handles_and_taking_one_out_deletes_them(town: Town) -> None:
    number, worker = quarrel(town).matter.number, town.viewer("micro_worker")
    party = add_party(worker, number, PartyIn("second", "刘女士", "028-8555 0000"))
    handles = (party.name_handle, party.phone_handle)
    assert sealed(*handles) == ["mediation.name", "mediation.phone"]
    remove_party(worker, number, party.pk)
    assert sealed(*handles) == [] and not Party.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [(PartyIn("first", " "), "name"), (PartyIn("first", "王", "没有"), "phone")],
)
def test_a_party_needs_a_name_and_no_false_telephone(town: Town, given: PartyIn, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add_party(town.viewer("micro_worker"), quarrel(town).matter.number, given)
    assert list(refused.value.message_dict) == [field]


def test_a_session_names_posts_of_the_place_only(town: Town) -> None:
    number = quarrel(town).matter.number
    session(town, number, helpers=[town.posts["fulltime_worker"].pk, town.posts["community_chief"].pk])
    with pytest.raises(ValidationError, match="team"):
        session(town, number, helpers=[town.posts["community_chief2"].pk])
    with pytest.raises(ValidationError, match="held"):
        session(town, number, held_at=WEDNESDAY + timedelta(hours=1))


def test_an_agreement_needs_a_session(town: Town) -> None:
    number = quarrel(town).matter.number
    with pytest.raises(ValidationError, match="Load the page again"):
        agree(town.viewer("micro_worker"), number, "和好了")


def test_while_it_is_carried_out_the_clock_stands_and_visits_wait(town: Town) -> None:
    matter = Matter.objects.get(pk=agreed(town).matter.pk)
    assert (matter.state, matter.open, matter.running, matter.solved_at) == (
        "follow_up",
        True,
        False,
        WEDNESDAY,
    )
    visits = ReturnVisit.objects.order_by("due")
    assert [(v.due, v.post) for v in visits] == [
        (date(2026, 9, 16), town.posts["fulltime_worker"]),
        (date(2026, 10, 9), town.posts["fulltime_worker"]),
    ]


def test_what_was_settled_at_the_door_needs_no_agreement(town: Town) -> None:
    found = quarrel(town)
    matter = solve(town.viewer("micro_worker"), found.matter.number, "两家当面说开了")
    assert (matter.state, ReturnVisit.objects.count()) == ("to_confirm", 2)
    say_not_solved(PUBLIC, found.tracking_code, "昨晚又吵")
    assert not ReturnVisit.objects.filter(ended_at=None).exists()


def test_solving_later_keeps_the_day_of_the_agreement_and_its_visits(town: Town) -> None:
    number = agreed(town).matter.number
    with clock.at(WEDNESDAY + timedelta(days=3)):
        matter = solve(town.viewer("micro_worker"), number, "防水做好了")
    assert matter.solved_at == WEDNESDAY and ReturnVisit.objects.count() == 2


def test_promises_are_kept_or_mediation_goes_on(town: Town) -> None:
    number, worker = agreed(town).matter.number, town.viewer("micro_worker")
    step = promise(worker, number, PromiseIn("second", "重做防水，电话13900000001", date(2026, 9, 20)))
    assert "13900000001" not in step.what
    assert promise_kept(worker, number, step.pk).done_at == WEDNESDAY
    with pytest.raises(PermissionDenied):
        promise_kept(worker, number, step.pk)
    matter = mediate_again(worker, number, "楼上没有动工")
    assert (matter.state, matter.running, matter.solved_at) == ("in_hand", True, None)
    assert not ReturnVisit.objects.filter(ended_at=None).exists()


def test_what_fails_goes_to_the_committee_with_the_mediators_account(town: Town) -> None:
    number = quarrel(town).matter.number
    matter = to_committee(town.viewer("micro_worker"), number, "两次调解，分歧在防水费用由谁承担")
    assert (matter.state, town.owner(matter), matter.running) == ("committee", "mediation_committee", True)
    assert Mediation.objects.get().account.startswith("两次调解")
    committee = town.viewer("mediation_committee")
    ended = end_unsettled(committee, number, "可以向人民法院起诉")
    assert (ended.state, ended.open) == ("unsettled", False)


def test_without_a_committee_in_office_it_stays(town: Town) -> None:
    number = quarrel(town).matter.number
    town.vacate("mediation_committee")
    with pytest.raises(ValidationError, match="committee"):
        to_committee(town.viewer("micro_worker"), number, "分歧在费用")
    assert Matter.objects.get(number=number).state == "in_hand"


def test_the_committee_goes_on_to_an_agreement(town: Town) -> None:
    number = quarrel(town).matter.number
    session(town, number, result="not_yet")
    to_committee(town.viewer("micro_worker"), number, "分歧在费用")
    assert agree(town.viewer("mediation_committee"), number, "各担一半").state == "follow_up"
    assert {visit.post for visit in ReturnVisit.objects.all()} == {town.posts["street_officer"]}


@pytest.mark.parametrize("category", ["05.6", "12.1"])
def test_what_is_no_dispute_or_must_not_be_one_is_never_mediated(town: Town, category: str) -> None:
    number = quarrel(town, category).matter.number
    officer = town.viewer("street_officer")
    for attempt in (
        lambda: add_to_note(officer, number, "记"),
        lambda: hold_session(officer, number, SessionIn(WEDNESDAY, "楼下", "agreed")),
        lambda: agree(officer, number, "和好"),
    ):
        with pytest.raises((ValidationError, PermissionDenied)):
            attempt()
    assert not Mediation.objects.exists()


def test_sorted_by_hand_as_violence_it_leaves_mediation(town: Town) -> None:
    number = agreed(town).matter.number
    matter = sort(town.viewer("micro_worker"), number, "05.6")
    assert (matter.kind, matter.tier) == ("guarded", "S")
    assert not ReturnVisit.objects.filter(ended_at=None).exists()
    with pytest.raises(ValidationError, match="never mediated"):
        add_to_note(town.viewer("service_centre"), number, "记")


def test_even_a_row_that_calls_itself_a_dispute_is_refused(town: Town) -> None:
    """P4: the category decides, whatever the row says."""
    number = quarrel(town).matter.number
    session(town, number)
    Matter.objects.filter(number=number).update(category="05.6")
    worker = town.viewer("micro_worker")
    for attempt in (
        lambda: add_to_note(worker, number, "记"),
        lambda: agree(worker, number, "和好"),
        lambda: to_committee(worker, number, "移交"),
    ):
        with pytest.raises(ValidationError, match="never mediated"):
            attempt()


def test_a_complaint_sorted_as_a_dispute_stays_above_the_chain(town: Town) -> None:
    """P3: the worker complained about does not come to mediate it."""
    given = report("微网格员调解不公", category="11.3", place=town.place("micro"))
    number = file_matter(PUBLIC, given).matter.number
    matter = sort(town.viewer("service_centre"), number, "05.4", "邻里纠纷")
    assert (matter.sealed, matter.tier) == (1, "S")
    with pytest.raises(PermissionDenied):
        add_to_note(town.viewer("micro_worker"), number, "记")


@pytest.mark.django_db(transaction=True)
def test_the_record_opens_with_a_reason_and_the_committee_reads_no_words() -> None:
    from tests.matters.town import build

    town = build()
    number, worker = quarrel(town).matter.number, town.viewer("micro_worker")
    add_to_note(worker, number, "楼上不认账")
    add_party(worker, number, PartyIn("first", "王先生", "02885550000"))
    write_agreement(worker, number, "一、楼上两周内重做防水。")
    with pytest.raises(ValidationError):
        reveal_mediation(worker, number, " ")
    found = reveal_mediation(worker, number, "准备调解")
    assert found.notes[0].text == "楼上不认账" and found.parties[0].phone == "+862885550000"
    assert VaultReading.objects.filter(reason="准备调解").count() == 4
    _seeing, glances = who_sees(worker, Matter.objects.get(number=number))
    assert sum(look.times for look in glances if look.why == "准备调解") == 4
    to_committee(worker, number, "分歧在费用")
    committee = town.viewer("mediation_committee")
    handed = reveal_mediation(committee, number, "约见双方")
    assert handed.parties[0].name == "王先生" and handed.notes == ()
    with pytest.raises(PermissionDenied):
        reveal_words(committee, number, "想看原话")
