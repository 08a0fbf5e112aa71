"""Whom a sealed matter is about is named: they and those above them know of it no more (P3)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.handling.queries.detail import history_of
from shige.matters.models import Matter, Task
from shige.matters.recusal.commands import answer_recusal, readmit, recuse
from shige.matters.recusal.persons import kept_by_name, nameable
from shige.matters.tasks.commands import Order, give_task
from shige.matters.tracking.queries import as_reported
from shige.matters.visibility.queries.sight import who_sees
from shige.matters.workflow.actors import seen_by
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Appointment, JournalEntry
from shige.trust.queries import messages_for
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.handling.test_persons import also
from tests.matters.visibility.test_hidden import complaint

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


WHY = "反映对象的近亲属"


def sees(town: Town, who: str) -> bool:
    return Matter.objects.filter(seen_by(town.viewer(who))).exists()


def key(town: Town, who: str) -> int:
    return town.persons[who].pk


def named(town: Town, who: str, matter: Matter, whom: str) -> Matter:
    """Name somebody who alone holds a post that may handle it, which the district confirms."""
    assert recuse(town.viewer(who), matter.number, key(town, whom), WHY) is not None
    answer_recusal(town.viewer("district_centre"), matter.number, key(town, whom), granted=True)
    return Matter.objects.get(pk=matter.pk)


def asked(town: Town, whom: str = "street_officer") -> Matter:
    """Let the street's centre ask that somebody be kept from a complaint; nobody has answered yet."""
    matter = complaint(town)
    recuse(town.viewer("service_centre"), matter.number, key(town, whom), WHY)
    return matter


def test_who_is_named_knows_of_it_no_more_and_others_do(town: Town) -> None:
    matter = complaint(town)
    named(town, "service_centre", matter, "street_officer")
    assert not sees(town, "street_officer") and sees(town, "service_centre")
    assert not messages_for(town.viewer("street_officer"))
    assert "street_officer" not in {one.person for one in who_sees(SYSTEM, matter)[0]}


def test_where_nobody_is_left_at_its_post_it_goes_to_the_next_one(town: Town) -> None:
    matter = complaint(town)
    assert town.owner(matter) == "service_centre"
    recuse(town.viewer("district_centre"), matter.number, key(town, "service_centre"), WHY)
    assert town.owner(Matter.objects.get()) == "street_officer"
    assert messages_for(town.viewer("street_officer"))
    assert not messages_for(town.viewer("service_centre"))


def test_line_managers_below_the_seal_are_kept_out_too(town: Town) -> None:
    matter = complaint(town)
    recuse(SYSTEM, matter.number, key(town, "micro_worker3"), WHY)
    named = {one.name: one.meant for one in kept_by_name(matter)}
    assert named == {"micro_worker3": True, "fulltime_worker2": False, "community_chief2": False}


def test_a_line_manager_who_is_named_stays_out_after_they_left_the_street(town: Town) -> None:
    matter = complaint(town)
    recuse(SYSTEM, matter.number, key(town, "micro_worker"), WHY)
    also(town, "community_chief", "district_centre")
    Appointment.objects.filter(post=town.posts["community_chief"]).delete()
    assert not sees(town, "community_chief")


def test_a_task_of_theirs_is_taken_back(town: Town) -> None:
    matter = complaint(town)
    give_task(SYSTEM, matter.number, Order(town.posts["department"].pk, "核实情况", "4h"))
    recuse(SYSTEM, matter.number, key(town, "department"), WHY)
    assert Task.objects.get().state == "withdrawn"
    assert not messages_for(town.viewer("department"))


def test_only_who_dispatches_a_sealed_matter_names_somebody(town: Town) -> None:
    sealed = complaint(town)
    plain = file_matter(PUBLIC, report(place=town.place("micro"))).matter
    for who, number in (
        ("department", sealed.number),
        ("community_chief", sealed.number),
        ("service_centre", plain.number),
    ):
        with pytest.raises(PermissionDenied):
            recuse(town.viewer(who), number, key(town, "micro_worker"), WHY)
    with pytest.raises(ValidationError):
        recuse(town.viewer("service_centre"), sealed.number, 10**9, WHY)


def test_it_stands_in_history_and_journal_and_can_be_taken_back(town: Town) -> None:
    matter = complaint(town)
    named(town, "service_centre", matter, "street_officer")
    said = history_of(Matter.objects.get(), SYSTEM)[-1]
    assert (said.label, "street_officer" in said.remark) == ("Kept from whom it is about", True)
    entry = JournalEntry.objects.get(verb="matter.recused")
    assert entry.facts["recused"] == [key(town, "street_officer")]
    assert entry.actor_id == key(town, "district_centre")
    assert entry.facts["asked_by"] == key(town, "service_centre")
    assert "district_centre" in said.remark and said.person == "service_centre"
    readmit(town.viewer("service_centre"), matter.number, key(town, "street_officer"))
    assert sees(town, "street_officer")
    assert JournalEntry.objects.filter(verb="matter.readmitted").exists()


def test_the_page_names_somebody_and_takes_it_back(town: Town) -> None:
    matter = complaint(town)
    client = signed_in(town, "service_centre")
    address = f"/office/matters/{matter.number}/"
    assert "反映对象（回避）" in client.get(address).content.decode()
    refused = client.post(f"{address}recusal/", {"person": "999999"})
    assert refused.status_code == 422
    micro = key(town, "micro_worker")  # who could not handle it anyway
    client.post(f"{address}recusal/", {"person": veil(micro), "reason": WHY})
    assert micro in {one.person for one in kept_by_name(matter)}
    assert "误列，撤销" in client.get(address).content.decode()
    client.post(f"{address}recusal/", {"readmit": veil(micro)})
    assert micro not in {one.person for one in kept_by_name(matter)}


def test_whoever_names_themself_leaves_the_page(town: Town) -> None:
    matter = complaint(town)
    also(town, "street_leader", "service_centre")
    client = signed_in(town, "service_centre")
    address = f"/office/matters/{matter.number}/"
    gone = client.post(f"{address}recusal/", {"person": veil(key(town, "service_centre")), "reason": WHY})
    assert gone["Location"] == "/office/matters/"
    assert client.get(address).status_code == 404


def test_of_an_ordinary_matter_nobody_is_named(town: Town) -> None:
    matter = file_matter(PUBLIC, report(place=town.place("micro"))).matter
    client = signed_in(town, "service_centre")
    address = f"/office/matters/{matter.number}/"
    assert "反映对象（回避）" not in client.get(address).content.decode()
    assert client.post(f"{address}recusal/", {"person": 1}).status_code == 404


def test_those_of_the_street_and_the_district_can_be_named_with_their_posts(town: Town) -> None:
    offered = dict(nameable(complaint(town)))
    assert offered[key(town, "micro_worker")].startswith("micro_worker · ")
    assert key(town, "district_centre") in offered and len(offered) == len(town.persons)


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_is_named_without_a_reason(town: Town, reason: str) -> None:
    matter = complaint(town)
    with pytest.raises(ValidationError):
        recuse(town.viewer("service_centre"), matter.number, key(town, "street_officer"), reason)
    assert sees(town, "street_officer")
    assert (
        signed_in(town, "service_centre")
        .post(f"/office/matters/{matter.number}/recusal/", {"person": veil(key(town, "street_officer"))})
        .status_code
        == 422
    )


def test_one_official_does_not_name_everybody_else(town: Town) -> None:
    """The first one who could not handle it is named by one person alone; every further one takes two."""
    matter, street = complaint(town), town.viewer("service_centre")
    assert recuse(street, matter.number, key(town, "micro_worker"), WHY) is None
    readmit(street, matter.number, key(town, "micro_worker"))  # which starts nothing anew
    assert recuse(street, matter.number, key(town, "micro_worker2"), WHY) is not None
    assert "micro_worker2" not in {one.name for one in kept_by_name(matter)}
    with pytest.raises(ValidationError):  # and no second request before the first is answered
        recuse(street, matter.number, key(town, "street_leader"), WHY)


def test_nor_whoever_alone_holds_a_post_that_may_handle_it(town: Town) -> None:
    asked(town)
    assert sees(town, "street_officer")
    also(town, "street_leader", "street_officer")
    matter = complaint(town)
    assert recuse(town.viewer("service_centre"), matter.number, key(town, "street_officer"), WHY) is None


def test_the_level_above_hears_of_a_request_and_whom_it_names_does_not(town: Town) -> None:
    matter = asked(town)
    assert [one.kind for one in messages_for(town.viewer("district_centre"))] == ["matter.recusal_asked"]
    assert not messages_for(town.viewer("street_officer"))
    address = f"/office/matters/{matter.number}/"
    for page in ("/office/", "/office/desk/", address):
        assert WHY not in signed_in(town, "street_officer").get(page).content.decode()
    assert "等待上级确认" in signed_in(town, "service_centre").get(address).content.decode()
    above = signed_in(town, "district_centre")
    assert "1 项封存事项的回避申请等您确认" in above.get("/office/").content.decode()
    assert WHY in above.get(address).content.decode() and JournalEntry.objects.filter(
        verb="matter.recusal_asked", actor_id=key(town, "service_centre")
    )


def test_the_page_of_the_level_above_confirms_it(town: Town) -> None:
    matter = asked(town)
    page = signed_in(town, "district_centre")
    page.post(f"/office/matters/{matter.number}/recusal/", {"grant": veil(key(town, "street_officer"))})
    assert not sees(town, "street_officer")
    assert "matter.recusal_granted" in {one.kind for one in messages_for(town.viewer("service_centre"))}
    assert "等您确认" not in page.get("/office/").content.decode()


def test_a_refusal_has_its_reason_and_changes_nothing(town: Town) -> None:
    matter = asked(town)
    page, address = signed_in(town, "district_centre"), f"/office/matters/{matter.number}/"
    sent = {"refuse": veil(key(town, "street_officer"))}
    assert page.post(f"{address}recusal/", sent | {"answer": " "}).status_code == 422
    page.post(f"{address}recusal/", sent | {"answer": "没有依据"})
    assert sees(town, "street_officer") and not kept_by_name(matter)
    assert "没有依据" in signed_in(town, "service_centre").get(address).content.decode()
    assert "没有依据" not in signed_in(town, "street_officer").get(address).content.decode()
    refused = JournalEntry.objects.get(verb="matter.recusal_refused")
    assert refused.actor_id == key(town, "district_centre")
    assert refused.facts["asked_by"] == key(town, "service_centre")
    with pytest.raises(ValidationError):
        answer_recusal(
            town.viewer("district_centre"), matter.number, key(town, "street_officer"), granted=True
        )


@pytest.mark.parametrize("who", ["service_centre", "street_leader", "street_officer", "department"])
def test_nobody_of_the_same_level_confirms_it(town: Town, who: str) -> None:
    matter = asked(town)
    with pytest.raises(PermissionDenied):
        answer_recusal(town.viewer(who), matter.number, key(town, "street_officer"), granted=True)
    assert sees(town, "street_officer")


def test_nor_an_account_of_the_askers_making(town: Town) -> None:
    matter = asked(town)
    above = town.persons["district_centre"]
    above.made_by = town.persons["service_centre"]
    above.save()
    with pytest.raises(PermissionDenied):
        answer_recusal(
            town.viewer("district_centre"), matter.number, key(town, "street_officer"), granted=True
        )


def test_where_there_is_nobody_above_or_independent_nothing_takes_effect(town: Town) -> None:
    matter = complaint(town)
    town.vacate("district_centre")
    for who, whom in (("service_centre", "street_officer"), ("street_officer", "service_centre")):
        with pytest.raises(ValidationError, match="12388"):
            recuse(town.viewer(who), matter.number, key(town, whom), WHY)
    assert not kept_by_name(matter) and sees(town, "street_officer") and sees(town, "service_centre")
    page = signed_in(town, "service_centre").post(
        f"/office/matters/{matter.number}/recusal/",
        {"person": veil(key(town, "street_officer")), "reason": WHY},
    )
    assert page.status_code == 422 and "独立部门也无人在岗" in page.content.decode()


def test_nor_with_an_account_of_their_own_making(town: Town) -> None:
    matter = complaint(town)
    town.vacate("district_centre")
    town.persons["street_officer"].made_by = town.persons["service_centre"]
    town.persons["street_officer"].save()
    recuse(town.viewer("service_centre"), matter.number, key(town, "micro_worker"), WHY)
    with pytest.raises(ValidationError):
        recuse(town.viewer("street_officer"), matter.number, key(town, "street_leader"), WHY)


def test_who_sends_it_up_by_naming_the_last_colleague_does_not_keep_it(town: Town) -> None:
    filed = file_matter(PUBLIC, report("微网格员态度恶劣", category="11.3", place=town.place("micro")))
    number = filed.matter.number
    town.vacate("street_officer")
    after = named(town, "street_leader", filed.matter, "service_centre")
    assert town.owner(after) == "district_centre" and not sees(town, "street_leader")
    with pytest.raises(PermissionDenied):
        take(town.viewer("street_leader"), number)
    told = [step.label for step in as_reported(after, filed.device_key).steps]
    assert "The office in charge of it was changed" in told


def test_the_district_hears_of_it(town: Town) -> None:
    matter = complaint(town)
    named(town, "service_centre", matter, "street_officer")
    kinds = [one.kind for one in messages_for(town.viewer("district_centre"))]
    assert sorted(kinds) == ["matter.recusal_asked", "matter.recused"]
    assert WHY in history_of(Matter.objects.get(), SYSTEM)[-1].remark
