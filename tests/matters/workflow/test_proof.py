"""The reporter confirms, nobody in their place: also where somebody at work knows the code (R25)."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.timezone import now

from shige.channels.delivery.service import text_of
from shige.matters import clock
from shige.matters.confirmation.commands.answers import (
    confirm,
    confirm_by_phone,
    lapse_unconfirmed,
    rate,
    reopen,
    say_not_solved,
)
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import register_found, relay_matter
from shige.matters.handling.commands.contact import reveal_contact
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.models import Matter, ReturnVisit
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.own_data.commands.own_data import Proof, correct_contact
from shige.matters.report import Filed
from shige.matters.visits.commands import not_reached, visit_ok
from shige.matters.visits.queries import visits_due
from shige.matters.workflow.handlers import handlers_of
from shige.matters.workflow.proof import answer_code, proof_of, proves
from shige.matters.workflow.workflows import check, label_of
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment, OutboxMessage
from tests.matters.handling.test_handling import solved
from tests.matters.handling.test_pages import signed_in

from ..town import ALWAYS, WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

TELEPHONE = "13812345678"


def relayed(town: Town, who: str = "community_chief", phone: str = TELEPHONE) -> Filed:
    """Register a matter for somebody, and have its owner report it as solved."""
    given = report(place=town.place("micro"), category="02.1", phone=phone, consent=True)
    found = relay_matter(town.viewer(who), given)
    found.matter.refresh_from_db()
    owner = town.viewer(town.owner(found.matter))
    take(owner, found.matter.number)
    solve(owner, found.matter.number, "换了灯泡")
    found.matter.refresh_from_db()
    return found


@pytest.mark.parametrize("who", ["community_chief", "micro_worker"])
@pytest.mark.parametrize("typed", ["", "0000-0000", "确认码"])
def test_whoever_knows_the_tracking_code_alone_confirms_nothing(town: Town, who: str, typed: str) -> None:
    found = relayed(town, who)
    for said in (
        lambda: confirm(PUBLIC, found.tracking_code, 5, typed),
        lambda: confirm(PUBLIC, found.tracking_code),
    ):
        with pytest.raises(ValidationError, match="answer code"):
            said()
    assert Matter.objects.get().state == "to_confirm"


def test_the_answer_code_confirms_and_rates_however_it_is_typed(town: Town) -> None:
    found = relayed(town)
    code = answer_code(found.matter)
    assert confirm(PUBLIC, found.tracking_code, proof=f" {code.lower().replace('-', '')} ").state == "closed"
    with pytest.raises(ValidationError, match="answer code"):
        rate(PUBLIC, found.tracking_code, 5)
    assert rate(PUBLIC, found.tracking_code, 4, code).rating == 4


def test_each_result_has_an_answer_code_of_its_own(town: Town) -> None:
    found = relayed(town)
    old = answer_code(found.matter)
    assert say_not_solved(PUBLIC, found.tracking_code, "还是不亮").state == "in_hand"
    with clock.at(WEDNESDAY + timedelta(hours=2)):
        solve(town.viewer(town.owner(found.matter)), found.matter.number, "又换了一个")
    matter = Matter.objects.get()
    assert not proves(matter, old) and proves(matter, answer_code(matter))


def test_somebody_who_did_not_handle_it_calls_and_may_close_it(town: Town) -> None:
    found = relayed(town)
    owner = town.owner(found.matter)
    called = ReturnVisit.objects.get()
    caller = next(name for name, post in town.posts.items() if post.pk == called.post_id)
    assert caller != owner and called.due == WEDNESDAY.date()
    with pytest.raises((PermissionDenied, ValidationError)):
        confirm_by_phone(town.viewer(owner), found.matter.number, "电话里说好了")
    with pytest.raises(ValidationError, match="have not looked"):
        confirm_by_phone(town.viewer(caller), found.matter.number, "本人说路灯亮了")
    reveal_contact(town.viewer(caller), found.matter.number, "回访")
    with pytest.raises(ValidationError):
        confirm_by_phone(town.viewer(caller), found.matter.number, " ")
    matter = confirm_by_phone(town.viewer(caller), found.matter.number, "本人说路灯亮了")
    assert (matter.state, matter.confirm_by, matter.rating) == ("closed", None, None)
    assert not ReturnVisit.objects.filter(done_at=None, ended_at=None).exists()


def test_whoever_calls_takes_the_rating_down_and_what_is_bad_is_visited(town: Town) -> None:
    found = relayed(town)
    caller = next(name for name, post in town.posts.items() if post.pk == ReturnVisit.objects.get().post_id)
    reveal_contact(town.viewer(caller), found.matter.number, "回访")
    with pytest.raises(ValidationError, match="stars"):
        confirm_by_phone(town.viewer(caller), found.matter.number, "本人说亮了", 6)
    page = signed_in(town, caller)
    address = f"/office/matters/{found.matter.number}/"
    assert 'name="rating"' in page.get(address).content.decode()
    page.post(f"{address}do/confirm_by_phone/", {"note": "本人说亮了，等得太久", "rating": "2"})
    matter = Matter.objects.get()
    assert (matter.state, matter.rating) == ("closed", 2)
    assert ReturnVisit.objects.filter(done_at=None, ended_at=None).exists()


def test_a_call_that_is_due_stands_on_the_first_page_of_whoever_makes_it(town: Town) -> None:
    found = relayed(town)
    caller = next(name for name, post in town.posts.items() if post.pk == ReturnVisit.objects.get().post_id)
    for address in ("/office/", "/office/visits/"):
        page = signed_in(town, caller).get(address).content.decode()
        assert found.matter.number in page and "给反映人打电话确认" in page
    owner = signed_in(town, town.owner(found.matter)).get("/office/").content.decode()
    assert "给反映人打电话确认" not in owner
    found.matter.steps.create(action="contact_changed", before="", after="", at=now())
    assert "给反映人打电话确认" not in signed_in(town, caller).get("/office/visits/").content.decode()


def test_a_name_alone_is_not_called_a_telephone(town: Town) -> None:
    given = report(place=town.place("micro"), category="02.1", name="王阿姨", consent=True)
    named = relay_matter(town.viewer("community_chief"), given).matter
    page = signed_in(town, town.owner(named)).get(f"/office/matters/{named.number}/").content.decode()
    assert "没有留电话" in page and "已留电话" not in page
    other = relayed(town).matter
    caller = next(name for name, post in town.posts.items() if post.pk == ReturnVisit.objects.get().post_id)
    page = signed_in(town, caller).get(f"/office/matters/{other.number}/").content.decode()
    assert "已留电话" in page and "未经办此事的人给反映人打电话" in page


@pytest.mark.parametrize("kind", ["ordinary", "dispute", "wish", "hazard", "complaint", "guarded"])
def test_a_refusal_names_every_action_in_the_reader_s_words(town: Town, kind: str) -> None:
    matter = solved(town).matter
    Matter.objects.filter(pk=matter.pk).update(kind=kind)
    matter.refresh_from_db()
    actions = {row.action for table in profile().workflows for row in table.transitions} | {"dropped"}
    for action in sorted(actions):
        with translation.override("zh-hans"):
            assert not re.search("[a-z_]{3,}", label_of(kind, action)), (kind, action)
            try:
                check(action, matter)
            except ValidationError as refused:
                assert not re.search("[a-z_]{3,}", " ".join(refused.messages)), refused.messages


def test_a_handler_who_got_the_callers_post_since_is_refused(town: Town) -> None:
    found = relayed(town)
    called = ReturnVisit.objects.get()
    Appointment.objects.filter(post=called.post_id).delete()
    handler = town.persons[town.owner(found.matter)]
    Appointment.objects.create(person=handler, post_id=called.post_id, valid=ALWAYS)
    reveal_contact(town.viewer(town.owner(found.matter)), found.matter.number, "办理")
    with pytest.raises(ValidationError, match="handled"):
        confirm_by_phone(town.viewer(town.owner(found.matter)), found.matter.number, "电话里说好了")


def test_whoever_wrote_it_down_does_not_make_the_call(town: Town) -> None:
    found = relayed(town)
    writer = town.persons["community_chief"]
    assert writer.pk in handlers_of(Matter.objects.get(pk=found.matter.pk))


def test_nobody_reached_is_called_again_the_same_day_and_the_visit_waits(town: Town) -> None:
    found = relayed(town)
    caller = next(name for name, post in town.posts.items() if post.pk == ReturnVisit.objects.get().post_id)
    with pytest.raises(ValidationError):  # "it holds" would be no answer of the reporter's
        visit_ok(town.viewer(caller), found.matter.number, "看着亮了")
    with pytest.raises(ValidationError, match="look"):  # without the number nobody can have called
        not_reached(town.viewer(caller), found.matter.number, "没打")
    reveal_contact(town.viewer(caller), found.matter.number, "回访")
    assert not_reached(town.viewer(caller), found.matter.number, "没人接").state == "to_confirm"
    assert ReturnVisit.objects.get().due == WEDNESDAY.date()
    assert [visit.call for visit in visits_due(town.viewer(caller)) if visit.own] == [True]


def test_another_telephone_than_the_one_that_was_left_proves_nothing(town: Town) -> None:
    found = relayed(town)
    correct_contact(PUBLIC, found.tracking_code, Proof("", TELEPHONE), "", "13900000002")
    matter = Matter.objects.get()
    assert proof_of(matter) == "none"
    with pytest.raises(ValidationError, match="nobody can"):
        confirm(PUBLIC, found.tracking_code, proof=answer_code(matter))
    caller = next(name for name, post in town.posts.items() if post.pk == ReturnVisit.objects.get().post_id)
    reveal_contact(town.viewer(caller), found.matter.number, "回访")
    with pytest.raises(ValidationError):  # nor does what is said there
        confirm_by_phone(town.viewer(caller), found.matter.number, "电话里说好了")


def test_without_a_telephone_nobody_confirms_and_it_ends_unconfirmable(town: Town) -> None:
    found = relayed(town, phone="")
    assert not ReturnVisit.objects.exists()
    for proof in ("", answer_code(found.matter)):
        with pytest.raises(ValidationError, match="without a telephone"):
            confirm(PUBLIC, found.tracking_code, 5, proof)
    with clock.at(WEDNESDAY + timedelta(days=8)):
        assert lapse_unconfirmed(SYSTEM) == 1
    matter = Matter.objects.get()
    assert (matter.state, matter.open, matter.rating) == ("unattested", False, None)
    assert ReturnVisit.objects.exists()  # somebody else goes and looks


def test_what_residents_reported_themselves_needs_no_more_than_the_code(town: Town) -> None:
    found = solved(town, phone=TELEPHONE)
    assert not ReturnVisit.objects.exists()
    assert confirm(PUBLIC, found.tracking_code, 5).state == "closed"


def test_what_was_found_on_a_round_has_nobody_to_confirm_it(town: Town) -> None:
    given = report(place=town.place("micro"), category="02.1")
    number = register_found(town.viewer("micro_worker"), given).matter.number
    owner = town.viewer(town.owner(Matter.objects.get()))
    take(owner, number)
    assert solve(owner, number, "换了灯泡").state == "unconfirmed"


def own_hand(town: Town) -> Filed:
    """File on the residents' page while the owner of the place is signed in there; they report it solved."""
    at = town.place("micro")
    first = file_matter(PUBLIC, report(place=at, category="02.1"))
    owner = town.owner(first.matter)
    found = file_matter(
        PUBLIC, report("又一盏灯不亮", place=at, category="02.1", signed_in=town.persons[owner].pk)
    )
    take(town.viewer(owner), found.matter.number)
    solve(town.viewer(owner), found.matter.number, "换了灯泡")
    found.matter.refresh_from_db()
    return found


def test_whoever_writes_as_a_resident_and_handles_it_confirms_nothing_signed_out_either(town: Town) -> None:
    found = own_hand(town)
    assert proof_of(found.matter) == "none"
    for proof in ("", answer_code(found.matter)):
        with pytest.raises(ValidationError, match="wrote it down as well"):
            confirm(PUBLIC, found.tracking_code, 5, proof)
    seen = tracked(found.tracking_code)
    assert seen and seen.proof == "none"
    with clock.at(WEDNESDAY + timedelta(days=8)):
        assert lapse_unconfirmed(SYSTEM) == 1
    assert Matter.objects.get(pk=found.matter.pk).state == "unattested"


def test_somebody_at_work_who_handles_nothing_of_it_reports_like_any_resident(town: Town) -> None:
    person = town.persons["department"].pk
    found = file_matter(PUBLIC, report(place=town.place("micro"), category="02.1", signed_in=person))
    owner = town.viewer(town.owner(found.matter))
    take(owner, found.matter.number)
    solve(owner, found.matter.number, "换了灯泡")
    with pytest.raises(ValidationError, match="signed in at work"):
        confirm(PUBLIC, found.tracking_code, 5, signed_in=person)
    assert confirm(PUBLIC, found.tracking_code, 5).state == "closed"


@pytest.mark.parametrize("who", ["fulltime_worker", "street_officer", "department"])
def test_no_browser_that_is_signed_in_at_work_says_that_it_is_solved(town: Town, who: str) -> None:
    found = solved(town, phone=TELEPHONE)
    with pytest.raises(ValidationError):
        confirm(PUBLIC, found.tracking_code, 5, signed_in=town.persons[who].pk)
    found.matter.refresh_from_db()
    assert (found.matter.state, found.matter.rating) == ("to_confirm", None)


@pytest.mark.parametrize("act", ["confirm", "rate"])
def test_a_browser_signed_in_by_whoever_handled_it_says_nothing_of_the_result(town: Town, act: str) -> None:
    found = solved(town, phone=TELEPHONE)
    handler = town.persons["fulltime_worker"].pk
    if act == "rate":
        confirm(PUBLIC, found.tracking_code)
    with pytest.raises(ValidationError, match="You have handled it"):
        (confirm if act == "confirm" else rate)(PUBLIC, found.tracking_code, 5, signed_in=handler)


def merged_pair(town: Town) -> tuple[Filed, Filed]:
    """Merge what somebody at work wrote for a resident into what its handler filed as one; it is solved."""
    at = town.place("micro")
    first = file_matter(PUBLIC, report(place=at, category="02.1"))
    owner = town.owner(first.matter)
    fake = file_matter(
        PUBLIC, report("灯又灭了", place=at, category="02.1", signed_in=town.persons[owner].pk)
    )
    given = report("楼道灯不亮", place=at, category="02.1", phone=TELEPHONE, consent=True)
    real = relay_matter(town.viewer("community_chief"), given)
    merge(SYSTEM, real.matter.number, fake.matter.number, "同一盏灯")
    take(town.viewer(owner), fake.matter.number)
    solve(town.viewer(owner), fake.matter.number, "换了灯泡")
    for one in (fake, real):
        one.matter.refresh_from_db()
    return fake, real


def test_whose_matter_was_merged_keeps_the_own_word_and_the_own_answer_code(town: Town) -> None:
    fake, real = merged_pair(town)
    with pytest.raises(ValidationError, match="wrote it down as well"):
        confirm(PUBLIC, fake.tracking_code)
    code, message = answer_code(real.matter, fake.matter), OutboxMessage.objects.get(kind="matter.solved")
    assert message.subject_id == real.matter.number and code in text_of(message)
    assert code != answer_code(fake.matter)
    with pytest.raises(ValidationError, match="answer code"):
        confirm(PUBLIC, real.tracking_code)
    seen = tracked(real.tracking_code)
    assert (
        seen
        and (seen.proof, seen.merged) == ("code", True)
        and {"confirm", "not_solved"} <= set(seen.answers)
    )
    matter = confirm(PUBLIC, real.tracking_code, proof=code)
    assert (matter.pk, matter.state) == (fake.matter.pk, "closed")
    step = matter.steps.get(action="confirm")
    assert real.matter.number in step.remark


def test_not_solved_of_any_reporter_takes_it_up_again(town: Town) -> None:
    one, other = (
        file_matter(PUBLIC, report(words, place=town.place("micro"), category="02.1"))
        for words in ("灯", "路灯")
    )
    merge(SYSTEM, other.matter.number, one.matter.number, "同一盏灯")
    owner = town.viewer(town.owner(one.matter))
    take(owner, one.matter.number)
    solve(owner, one.matter.number, "换了灯泡")
    assert confirm(PUBLIC, one.tracking_code).state == "closed"
    assert reopen(PUBLIC, other.tracking_code, "还是不亮").state == "in_hand"
    with clock.at(WEDNESDAY + timedelta(hours=1)):
        solve(owner, one.matter.number, "又换了")
    assert say_not_solved(PUBLIC, other.tracking_code, "还是不亮").state == "in_hand"


def test_where_nobody_of_several_can_confirm_it_ends_unconfirmable(town: Town) -> None:
    fake, real = merged_pair(town)
    correct_contact(PUBLIC, real.tracking_code, Proof("", TELEPHONE), "", "13900000002")
    with clock.at(WEDNESDAY + timedelta(days=8)):
        assert lapse_unconfirmed(SYSTEM) == 1
    assert Matter.objects.get(pk=fake.matter.pk).state == "unattested"
