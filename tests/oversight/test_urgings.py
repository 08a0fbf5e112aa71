"""Urging (督办): asked, answered, asked once more, told above, closed, withdrawn (R10)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from shige.matters import clock
from shige.matters.models import Matter
from shige.oversight.grids.queries.cases import Case, trouble_in
from shige.oversight.models import Urging, UrgingStep
from shige.oversight.urgings.commands import end_settled, escalate, move_urging, tell_promised, urge
from shige.oversight.urgings.queries.urgings import open_urgings, past_urgings, urging_detail, urgings_known
from shige.redline.models import Standing
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment, JournalEntry, OutboxMessage
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.program import program_of
from tests.matters.town import Town
from tests.oversight.line import LATER, lamps, night, overseer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]

DUE = LATER.date() + timedelta(days=7)
REASON = "这个网格超期的事件较多，请说明原因"


@pytest.fixture
def later() -> Iterator[None]:
    """Let everything happen when what was filed is late."""
    with clock.at(LATER):
        yield


def urged(town: Town, who: str = "overseer", area: str = "general", case: str = "", **given: Any) -> Urging:
    """Let an overseer urge about an area."""
    usual: dict[str, Any] = {"reason": REASON, "due": DUE, "case": case}
    return urge(town.viewer(who), town.areas[area].code, **usual | given)


def cases(town: Town, grid: str = "micro", area: str = "general") -> tuple[Case, ...]:
    """Return the cases that are told of an area, after a night, where enough people reported broken lamps."""
    lamps(town, profile().suppress_under, grid)
    night()
    found = trouble_in(town.areas[area])
    assert found is not None
    return found.cases


def told(kind: str) -> list[str]:
    """Return who has a message of a kind."""
    found = OutboxMessage.objects.filter(kind=kind).values_list("receiver__username", flat=True)
    return sorted(name for name in found if name)


@pytest.mark.parametrize(
    ("area", "asked"),
    [
        ("east", "community_chief"),
        ("general", "fulltime_worker"),
        ("micro", "micro_worker"),
        ("tower", "exclusive_worker"),
    ],
)
def test_the_post_in_charge_of_the_grid_is_asked(town: Town, area: str, asked: str) -> None:
    overseer(town, "overseer", area)
    made = urged(town, area=area)
    assert (made.asked, told("urging.urge")) == (town.posts[asked], [asked])
    found = urging_detail(town.viewer(asked), made.pk)
    assert found and found.row.waits and [act.action for act in found.acts] == ["answer"]
    assert found.grid == town.areas[area].code
    entry = JournalEntry.objects.get(verb="urging.urge")
    assert entry.facts["case"] is False and REASON not in str(entry.facts)


def test_where_nobody_holds_the_post_the_next_one_above_is_asked(town: Town) -> None:
    overseer(town, "overseer", "general")
    town.vacate("micro_worker")
    assert urged(town, area="micro").asked == town.posts["fulltime_worker"]


def test_it_goes_from_the_question_to_its_end(town: Town) -> None:
    overseer(town, "overseer", "general")
    made, worker = urged(town), town.viewer("fulltime_worker")
    move_urging(worker, made.pk, "answer", "人手不足，已请社区协调", DUE)
    assert told("urging.answer") == ["overseer"]
    assert [row.waits for row in open_urgings(town.viewer("overseer"))] == [True]
    move_urging(town.viewer("overseer"), made.pk, "again", "请写明何时补齐", DUE + timedelta(days=3))
    assert (Urging.objects.get().state, Urging.objects.get().due) == ("open", DUE + timedelta(days=3))
    move_urging(worker, made.pk, "answer", "下周一补齐", DUE)
    move_urging(town.viewer("overseer"), made.pk, "close", "已补齐")
    assert (told("urging.again"), told("urging.close")) == (["fulltime_worker"], ["fulltime_worker"])
    for who in ("overseer", "fulltime_worker"):
        assert open_urgings(town.viewer(who)) == [] and len(past_urgings(town.viewer(who))) == 1
        found = urging_detail(town.viewer(who), made.pk)
        assert found and [step.action for step in found.said] == [
            "urge",
            "answer",
            "again",
            "answer",
            "close",
        ]
        assert found.acts == () and {step.post for step in found.said} == {
            "general overseer",
            "general fulltime_worker",
        }
    assert JournalEntry.objects.filter(verb__startswith="urging.").count() == 5


def test_a_case_is_urged_by_its_handle_and_stays_unknown_to_the_overseer(town: Town) -> None:
    overseer(town, "overseer", "general")
    viewer, case = town.viewer("overseer"), cases(town)[0]
    made = urged(town, case=case.handle)
    matter = Matter.objects.get(pk=case.matter)
    assert (made.matter, made.asked, made.area) == (matter, matter.owner, town.areas["general"])
    who = town.owner(matter)
    move_urging(town.viewer(who), made.pk, "answer", "材料已订", DUE)
    mine, theirs = urging_detail(viewer, made.pk), urging_detail(town.viewer(who), made.pk)
    assert mine and theirs and (mine.number, theirs.number, mine.grid) == ("", matter.number, "")
    assert [step.post for step in mine.said] == ["general overseer", "the post in charge"]
    assert signed_in(town, "overseer").get(f"/office/matters/{matter.number}/").status_code in {403, 404}
    page = signed_in(town, who).get(f"/oversight/urgings/{veil(made.pk)}/").content.decode()
    assert f"/office/matters/{matter.number}/" in page


def test_of_a_sealed_matter_no_post_learns_that_it_is_urged(town: Town) -> None:
    """For the overseer it is, and ends, as any other that is settled (P3)."""
    upper = overseer(town, "upper", "east")
    overseer(town, "overseer", "general", upper)
    first, second, third = cases(town)[:3]
    made = [urged(town, case=case.handle) for case in (first, second)]
    owner = town.owner(Matter.objects.get(pk=first.matter))
    sealed = Matter.objects.filter(pk__in=[second.matter, third.matter])
    sealed.update(sealed=1, confidential=True, words="")
    asked, before = town.viewer(owner), len(told("urging.urge"))
    made.append(urged(town, case=third.handle))
    assert len(told("urging.urge")) == before
    assert [row.key for row in open_urgings(asked)] == [made[0].pk]
    assert urgings_known(asked, [f"{one.pk}" for one in made]) == {f"{made[0].pk}"}
    assert len(open_urgings(town.viewer("overseer"))) == 3
    with pytest.raises(PermissionDenied):
        move_urging(asked, made[1].pk, "answer", "已办", DUE)
    with clock.at(LATER + timedelta(days=8)):
        assert escalate(SYSTEM) == 3
        assert told("urging.escalate") == sorted([owner, *["overseer", "upper"] * 3])
    Matter.objects.filter(pk=first.matter).update(open=False, running=False, state="closed")
    assert end_settled(SYSTEM) == 3 and end_settled(SYSTEM) == 0
    assert told("urging.end") == sorted([owner, *["overseer", "upper"] * 3])
    over = [urging_detail(town.viewer("overseer"), one.pk) for one in made]
    assert len({(one.row.state_label, one.said[-1].label, one.row.category) for one in over if one}) == 1
    assert [row.key for row in past_urgings(asked)] == [made[0].pk]


def test_it_ends_when_the_case_is_passed_on(town: Town) -> None:
    overseer(town, "overseer", "general")
    case = cases(town)[0]
    made = urged(town, case=case.handle)
    assert end_settled(SYSTEM) == 0
    Matter.objects.filter(pk=case.matter).update(owner=town.posts["micro_worker"])
    assert end_settled(SYSTEM) == 1
    assert Urging.objects.get().state == "ended" and UrgingStep.objects.filter(urging=made).count() == 2


@pytest.mark.parametrize("area", ["micro", "tower"])
def test_a_neighbour_urges_about_the_grid_alone(town: Town, area: str) -> None:
    overseer(town, "neighbour", area)
    overseer(town, "upper", "east")
    known = cases(town, area, "east")[0].handle
    with pytest.raises(ValidationError):
        urged(town, "neighbour", area, case=known)
    urged(town, "neighbour", area)
    assert Urging.objects.get().matter is None


def test_the_same_is_urged_once_at_a_time(town: Town) -> None:
    organisation = overseer(town, "overseer", "general")
    made = urged(town)
    with pytest.raises(ValidationError, match="already"):
        urged(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Urging.objects.create(organisation=organisation, area=made.area, asked=made.asked, due=DUE)
    move_urging(town.viewer("overseer"), made.pk, "withdraw", "已在会上说明")
    assert told("urging.withdraw") == ["fulltime_worker"]
    urged(town)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "请问王先生家的水管"}, "reason"),
        ({"reason": "打13812345678"}, "reason"),
        ({"due": LATER.date()}, "due"),
        ({"due": date(2027, 9, 1)}, "due"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(town: Town, given: dict[str, Any], field: str) -> None:
    overseer(town, "overseer", "general")
    with pytest.raises(ValidationError) as refused:
        urged(town, **given)
    assert list(refused.value.message_dict) == [field] and not Urging.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "李阿姨家已修好",
        "3栋2单元501已修",
        "电话13812345678",
        "5号楼水管已换",
        "二单元门禁已修",
        "玉兰路12号已修",
    ],
)
def test_no_answer_leads_the_overseer_to_a_resident(town: Town, words: str) -> None:
    overseer(town, "overseer", "general")
    made = urged(town)
    with pytest.raises(ValidationError) as refused:
        move_urging(town.viewer("fulltime_worker"), made.pk, "answer", words, DUE)
    assert list(refused.value.message_dict) == ["words"]
    page = signed_in(town, "fulltime_worker").post(
        f"/oversight/urgings/{veil(made.pk)}/answer/", {"words": words, "on": f"{DUE}"}
    )
    assert page.status_code == 422 and Urging.objects.get().state == "open"


@pytest.mark.parametrize(
    "words",
    [
        "12月5号前办结", "按成办发〔2026〕12号执行", "第3号督办件已办", "更换路灯8座",
        "已清理2座垃圾房", "5号口已修复", "11月30日已完成",
    ],
)  # fmt: skip
def test_what_was_done_already_can_be_said_as_offices_say_it(town: Town, words: str) -> None:
    overseer(town, "overseer", "general")
    made, yesterday = urged(town), LATER.date() - timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        move_urging(town.viewer("fulltime_worker"), made.pk, "answer", words, yesterday - timedelta(days=99))
    assert list(refused.value.message_dict) == ["on"]
    move_urging(town.viewer("fulltime_worker"), made.pk, "answer", words, yesterday)
    assert Urging.objects.get().state == "answered"


@pytest.mark.parametrize(("who", "action"), [("overseer", "withdraw"), ("fulltime_worker", "answer")])
def test_a_token_for_reading_moves_nothing(town: Town, who: str, action: str) -> None:
    overseer(town, "overseer", "general")
    made = urged(town)
    reader = program_of(town, who, ("oversight.see", "urging.see"))
    to = f"/oversight/urgings/{veil(made.pk)}/acts/{action}"
    said = {"on": f"{DUE}"} if action == "answer" else {}
    assert reader.post(to, words="好", **said).status_code in {403, 404}
    assert Urging.objects.get().state == "open"


def test_without_an_answer_the_overseer_above_is_told_once(town: Town) -> None:
    upper = overseer(town, "upper", "east")
    overseer(town, "overseer", "general", upper)
    made = urged(town)
    with clock.at(LATER + timedelta(days=7)):
        assert escalate(SYSTEM) == 0
    with clock.at(LATER + timedelta(days=8)):
        assert (escalate(SYSTEM), escalate(SYSTEM)) == (1, 0)
        assert told("urging.escalate") == ["fulltime_worker", "overseer", "upper"]
        (row,) = open_urgings(town.viewer("upper"))
        assert row.late and row.told_above
        move_urging(town.viewer("fulltime_worker"), made.pk, "answer", "本周补齐", DUE + timedelta(days=7))
        move_urging(town.viewer("upper"), made.pk, "again", "请写明日期", DUE + timedelta(days=9))
        assert escalate(SYSTEM) == 0
    with clock.at(LATER + timedelta(days=17)):
        assert escalate(SYSTEM) == 1
    assert UrgingStep.objects.filter(action="escalate").count() == 2


def test_where_no_organisation_stands_above_the_street_is_told_and_may_answer(town: Town) -> None:
    overseer(town, "overseer", "general")
    made = urged(town)
    assert urging_detail(town.viewer("street_officer"), made.pk) is None
    with clock.at(LATER + timedelta(days=8)):
        escalate(SYSTEM)
        assert "street_officer" in told("urging.escalate")
        move_urging(
            town.viewer("street_officer"), made.pk, "answer", "街道已调配人手", DUE + timedelta(days=3)
        )
    found = urging_detail(town.viewer("overseer"), made.pk)
    assert found and found.said[-1].post == "street street_officer"


def test_both_holders_are_told_and_whoever_follows_them_goes_on(town: Town) -> None:
    overseer(town, "overseer", "general")
    kept = Appointment.objects.get(post=town.posts["overseer"])
    second = type(kept.person).objects.create(username="second", service_name="second")
    town.persons["second"] = second
    Appointment.objects.create(person=second, post=kept.post, valid=kept.valid, kind="deputy")
    made = urged(town)
    move_urging(town.viewer("fulltime_worker"), made.pk, "answer", "已补齐", DUE)
    assert told("urging.answer") == ["overseer", "second"]
    kept.delete()
    with pytest.raises(PermissionDenied):
        move_urging(town.viewer("overseer"), made.pk, "close", "好")
    move_urging(town.viewer("second"), made.pk, "close", "好")
    successor = town.appoint("successor", "party_overseer", "general")
    Standing.objects.update(overseer=successor)
    assert urging_detail(town.viewer("second"), made.pk) is None
    assert urging_detail(town.viewer("successor"), made.pk) is not None
    assert urgings_known(town.viewer("second"), [str(made.pk)]) == set()


@pytest.mark.parametrize(
    "who", ["micro_worker", "community_chief", "fulltime_worker2", "street_officer", "department"]
)
def test_others_neither_see_nor_answer_it(town: Town, who: str) -> None:
    overseer(town, "overseer", "general")
    made = urged(town)
    client = signed_in(town, who)
    page = f"/oversight/urgings/{veil(made.pk)}/"
    assert client.get(page).status_code == 404
    assert client.post(f"{page}answer/", {"words": "好", "on": f"{DUE}"}).status_code == 404
    assert REASON not in client.get("/oversight/urgings/").content.decode()
    assert client.get(f"/oversight/grids/{town.areas['general'].code}/urge/").status_code == 403
    with pytest.raises(PermissionDenied):
        move_urging(town.viewer(who), made.pk, "answer", "好", DUE)


def test_a_post_that_no_organisation_names_knows_of_no_urging(town: Town) -> None:
    """Also where it was told above, before another was named (R9)."""
    above = overseer(town, "upper", "east")
    overseer(town, "overseer", "general", above)
    made = urged(town)
    Urging.objects.filter(pk=made.pk).update(above=above)
    assert urging_detail(town.viewer("upper"), made.pk) is not None
    Standing.objects.filter(organisation=above).update(overseer=None)
    assert urging_detail(town.viewer("upper"), made.pk) is None
    with pytest.raises(PermissionDenied):
        move_urging(town.viewer("upper"), made.pk, "withdraw", "好")
    other = town.appoint("other", "party_overseer", "east")
    Standing.objects.filter(organisation=above).update(overseer=other)
    assert urging_detail(town.viewer("other"), made.pk) is not None
    assert urging_detail(town.viewer("upper"), made.pk) is None
    Standing.objects.filter(organisation=above).update(tied=False)
    assert urging_detail(town.viewer("other"), made.pk) is None


def test_the_overseer_is_told_once_when_a_promised_day_has_come(town: Town) -> None:
    overseer(town, "overseer", "general")
    made, worker = urged(town), town.viewer("fulltime_worker")
    move_urging(worker, made.pk, "answer", "下周补齐", DUE)
    assert tell_promised(SYSTEM) == 0
    with clock.at(LATER + timedelta(days=7)):
        assert (tell_promised(SYSTEM), tell_promised(SYSTEM)) == (1, 0)
    assert told("urging.promised") == ["overseer"]
    found = urging_detail(town.viewer("overseer"), made.pk)
    assert found and not found.said[1].done and found.row.waits


def test_what_is_done_already_promises_nothing(town: Town) -> None:
    overseer(town, "overseer", "general")
    made = urged(town)
    move_urging(town.viewer("fulltime_worker"), made.pk, "answer", "已补齐", LATER.date())
    assert tell_promised(SYSTEM) == 0
    page = signed_in(town, "overseer").get(f"/oversight/urgings/{veil(made.pk)}/").content.decode()
    assert "已完成" in page and "预计完成" not in page


def test_urgings_are_found_by_grid_and_by_what_was_said(town: Town) -> None:
    overseer(town, "overseer", "general")
    urged(town)
    urged(town, area="micro", reason="回访做得少")
    client = signed_in(town, "overseer")
    for sought, count in (("回访", 1), ("general", 1), ("", 2), ("没有", 0)):
        page = client.get("/oversight/urgings/", {"q": sought}).content.decode()
        assert page.count("data-row") == count
    mine = program_of(town, "overseer", ("oversight.see", "urging.see"))
    assert len(mine.get("/oversight/urgings?q=回访").json()) == 1


def test_where_nobody_could_be_told_nobody_is_said_to_know(town: Town) -> None:
    overseer(town, "overseer", "general")
    made = urged(town)
    town.vacate("street_officer")
    with clock.at(LATER + timedelta(days=8)):
        assert escalate(SYSTEM) == 1
    found = urging_detail(town.viewer("overseer"), made.pk)
    assert found and not found.row.told_above and found.said[-1].action == "late"


def test_each_side_does_its_own_only(town: Town) -> None:
    overseer(town, "overseer", "general")
    made = urged(town)
    with pytest.raises(PermissionDenied):
        move_urging(town.viewer("overseer"), made.pk, "answer", "好", DUE)
    for action in ("close", "withdraw", "again", "raise"):
        with pytest.raises(PermissionDenied):
            move_urging(town.viewer("fulltime_worker"), made.pk, action, "好", DUE)
    with pytest.raises(ValidationError):
        move_urging(town.viewer("overseer"), made.pk, "close", "好")


def test_the_pages_carry_it_from_one_to_the_other(town: Town) -> None:
    overseer(town, "overseer", "general")
    cases(town)
    client, code = signed_in(town, "overseer"), town.areas["general"].code
    grid = client.get(f"/oversight/grids/{code}/").content.decode()
    assert grid.count("/urge/?case=") == profile().suppress_under
    address = grid.split(f'href="/oversight/grids/{code}/urge/?case=')[1].split('"')[0]
    form = client.get(f"/oversight/grids/{code}/urge/?case={address}")
    assert form.status_code == 200 and address in form.content.decode()
    assert client.get(f"/oversight/grids/{code}/urge/?case=nothing").status_code == 404
    refused = client.post(f"/oversight/grids/{code}/urge/", {"reason": "", "due": f"{DUE}", "case": address})
    assert refused.status_code == 422
    made = client.post(f"/oversight/grids/{code}/urge/", {"reason": REASON, "due": f"{DUE}", "case": address})
    assert made.status_code == 302 and REASON in client.get(made["Location"]).content.decode()
    assert (
        client.get(f"/oversight/grids/{code}/").content.decode().count("/urge/?case=")
        == profile().suppress_under - 1
    )
    who = next(name for name, post in town.posts.items() if post == Urging.objects.get().asked)
    asked = signed_in(town, who)
    assert made["Location"] in asked.get("/oversight/urgings/").content.decode()
    said = asked.post(f"{made['Location']}answer/", {"words": "已订材料", "on": f"{DUE}"})
    assert said.status_code == 302
    home = client.get("/oversight/").content.decode()
    assert made["Location"] in home and "已订材料" in client.get(made["Location"]).content.decode()
    assert client.post(f"{made['Location']}close/", {"words": "已办好"}).status_code == 302
    assert made["Location"] in client.get("/oversight/urgings/?show=over").content.decode()
    late = client.post(f"{made['Location']}withdraw/", {"words": "已办好"})
    assert late.status_code == 302 and Urging.objects.get().state == "closed"


def test_a_program_does_the_same(town: Town) -> None:
    overseer(town, "overseer", "general")
    cases(town)
    mine = program_of(town, "overseer", ("oversight.see", "urging.make", "urging.see"))
    way = f"/oversight/grids/{town.areas['general'].code}"
    case = mine.get(way).json()["cases"][0]
    made = mine.post(f"{way}/urgings", reason=REASON, due=f"{DUE}", case=case["case"])
    assert made.status_code == 201 and made.json()["matter"] is None and made.json()["category"]
    one = f"/oversight/urgings/{made.json()['id']}"
    who = next(name for name, post in town.posts.items() if post == Urging.objects.get().asked)
    without = program_of(town, who, ("urging.see", "urging.answer"))
    assert without.get(one).status_code == 404  # a program that may see no matter reads of none
    theirs = program_of(town, who, ("urging.see", "urging.answer", "matter.see", "matter.handle"))
    (offered,) = theirs.get(one).json()["acts"]
    assert [field["name"] for field in offered["fields"]] == ["words", "on"]
    assert theirs.post(f"{one}/acts/answer", words="王女士家已修", on=f"{DUE}").status_code == 422
    assert theirs.post(f"{one}/acts/answer", words="已修", on=f"{DUE}").json()["state"] == "answered"
    assert theirs.post(f"{one}/acts/close", words="好").status_code == 422
    assert mine.post(f"{one}/acts/close", words="好").json()["state"] == "closed"
    assert [len(mine.get(f"/oversight/urgings?over={over}").json()) for over in ("true", "false")] == [1, 0]
    stranger = program_of(town, "community_chief2", ("urging.see", "urging.answer"))
    assert stranger.get(one).status_code == 404
    assert stranger.post(f"{way}/urgings", reason=REASON, due=f"{DUE}").status_code == 403
