"""The plan for the claim of a group: the street's, by counts, with a date of its own (R23, P8)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.disputes.models.group_plan import ClaimGroup, GroupPlan
from shige.disputes.plans.commands import add_group, add_measure, adopt_plan, note_progress
from shige.disputes.plans.corrections import (
    Correction,
    change_group,
    change_measure,
    remove_group,
    remove_measure,
)
from shige.disputes.plans.duty import MeasureIn
from shige.disputes.plans.queries import plan_page, plans_due
from shige.matters.confirmation.commands.answers import confirm
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter
from shige.matters.report import Filed
from shige.trust.gate import PUBLIC
from shige.trust.models import JournalEntry
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

DUE = date(2026, 9, 30)


def claim(town: Town, category: str = "07.6") -> Filed:
    """File the claim of a group."""
    words = "楼盘烂尾，几十户业主和施工班组都来反映"
    return file_matter(PUBLIC, report(words, category=category, place=town.place("micro")))


def planned(town: Town) -> str:
    """Begin a plan with two groups."""
    number, leader = claim(town).matter.number, town.viewer("street_leader")
    add_group(leader, number, "要求交房的业主", 46)
    add_group(leader, number, "被欠工资的班组", 3)
    return number


def test_it_is_due_in_five_working_days(town: Town) -> None:
    found = plan_page(town.viewer("street_leader"), claim(town).matter.number)
    assert found and found.due_at.astimezone(ZoneInfo("Asia/Shanghai")) == datetime(
        2026, 9, 16, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai")
    )
    assert found.may_plan and found.groups == ()


def test_every_group_gets_a_measure_before_it_is_adopted(town: Town) -> None:
    number, leader = planned(town), town.viewer("street_leader")
    homes, wages = (group.pk for group in GroupPlan.objects.get().groups.order_by("-count"))
    add_measure(leader, number, MeasureIn("公布复工时间表", DUE, body="某开发公司", group=homes))
    with pytest.raises(ValidationError, match="Every group"):
        adopt_plan(leader, number)
    add_measure(leader, number, MeasureIn("先行垫付", DUE, post=town.posts["street_officer"].pk, group=wages))
    assert adopt_plan(leader, number).adopted_at is not None


def test_progress_is_ticked_and_the_leader_sees_it(town: Town) -> None:
    number, leader = planned(town), town.viewer("street_leader")
    measure = add_measure(leader, number, MeasureIn("现场接待", DUE, body="社区", group=None))
    adopt_plan(leader, number)
    note_progress(leader, number, measure.pk, "已接待两次", done=True)
    due = plans_due(leader)[0]
    assert (due.number, bool(due.adopted_at), due.measures, due.done) == (number, True, 1, 1)
    assert note_progress(leader, number, measure.pk, "还要一次", done=False).done_at is None


@pytest.mark.parametrize(
    "who", ["micro_worker", "fulltime_worker", "community_chief", "department", "mediation_committee"]
)
def test_nobody_below_the_street_plans(town: Town, who: str) -> None:
    number, viewer = planned(town), town.viewer(who)
    for attempt in (
        lambda: add_group(viewer, number, "其他", 3),
        lambda: add_measure(viewer, number, MeasureIn("做", DUE, body="社区")),
        lambda: adopt_plan(viewer, number),
        lambda: note_progress(viewer, number, 1, "好", done=True),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_outside_the_office_and_on_paper_small_groups_are_few(town: Town) -> None:
    number = planned(town)
    inside = plan_page(town.viewer("community_chief"), number)
    outside = plan_page(town.viewer("micro_worker"), number)
    paper = plan_page(town.viewer("street_leader"), number, shared=True)
    assert inside and outside and paper
    assert ([group.count for group in inside.groups], inside.total) == ([46, 3], 49)
    assert [group.count for group in outside.groups] == [group.count for group in paper.groups] == [46, None]
    assert outside.total is paper.total is None


def test_only_the_claim_of_a_group_has_a_plan(town: Town) -> None:
    number = claim(town, "07.5").matter.number
    assert plan_page(town.viewer("street_leader"), number) is None
    with pytest.raises(PermissionDenied):
        add_group(town.viewer("street_leader"), number, "租客", 9)


def test_what_is_wrong_is_said_by_field(town: Town) -> None:
    number, leader = planned(town), town.viewer("street_leader")
    wrong = {
        "interest": lambda: add_group(leader, number, "要求交房的业主", 2),
        "count": lambda: add_group(leader, number, "其他", 0),
        "body": lambda: add_measure(leader, number, MeasureIn("做", DUE)),
        "post": lambda: add_measure(leader, number, MeasureIn("做", DUE, post=town.posts["micro_worker"].pk)),
        "group": lambda: add_measure(leader, number, MeasureIn("做", DUE, body="社区", group=999_999)),
    }
    for field, attempt in wrong.items():
        with pytest.raises(ValidationError) as refused:
            attempt()
        assert list(refused.value.message_dict) == [field]


def test_a_closed_matter_keeps_its_plan(town: Town) -> None:
    found, leader = claim(town), town.viewer("street_leader")
    take(leader, found.matter.number)
    solve(leader, found.matter.number, "已交房")
    confirm(PUBLIC, found.tracking_code, 4)
    assert not Matter.objects.get().open
    with pytest.raises(ValidationError, match="done"):
        add_group(leader, found.matter.number, "业主", 9)


def test_the_pages(town: Town) -> None:
    number = planned(town)
    leader = signed_in(town, "street_leader")
    page = f"/office/matters/{number}/plan/"
    assert leader.post(f"{page}measure/", {"what": "接待", "due": "2026-09-30"}).status_code == 422
    sent = leader.post(f"{page}measure/", {"what": "接待", "due": "2026-09-30", "body": "某公司"})
    assert sent.status_code == 302
    assert leader.post(f"{page}adopt/").status_code == 302 and GroupPlan.objects.get().adopted_at
    assert "某公司" in leader.get(page).content.decode()
    assert "46" in leader.get(f"{page}print/").content.decode()
    assert page in leader.get("/office/disputes/").content.decode()
    assert page in leader.get(f"/office/matters/{number}/").content.decode()
    assert signed_in(town, "community_chief2").get(page).status_code == 404
    assert signed_in(town, "department").post(f"{page}adopt/").status_code == 404


def counted(number: str) -> tuple[int, list[tuple[str, int]]]:
    """Return the version of a plan and its groups."""
    plan = GroupPlan.objects.get(matter__number=number)
    return plan.version, list(plan.groups.order_by("-count").values_list("interest", "count"))


def adopted(town: Town) -> str:
    """Adopt a plan with two groups and one measure for all."""
    number, leader = planned(town), town.viewer("street_leader")
    add_measure(leader, number, MeasureIn("现场接待", DUE, body="社区"))
    adopt_plan(leader, number)
    return number


def seen(number: str, reason: str = "") -> Correction:
    """Correct the plan as it is now."""
    return Correction(GroupPlan.objects.get(matter__number=number).version, reason)


def told(town: Town, number: str) -> list[str]:
    """Return what the history of the matter says of corrections."""
    found = matter_detail(town.viewer("street_leader"), number)
    assert found
    return [one.remark for one in found.history if one.action == "plan_changed"]


def test_a_wrong_count_of_a_draft_is_corrected_and_a_group_taken_out(town: Town) -> None:
    number, leader = planned(town), town.viewer("street_leader")
    homes, wages = GroupPlan.objects.get().groups.order_by("-count")
    version, _groups = counted(number)
    change_group(leader, number, homes.pk, "要求交房的业主", 64, seen(number))
    assert counted(number) == (version + 1, [("要求交房的业主", 64), ("被欠工资的班组", 3)])
    remove_group(leader, number, wages.pk, seen(number))
    remove_group(leader, number, wages.pk, Correction(0))
    assert counted(number) == (version + 2, [("要求交房的业主", 64)])
    assert told(town, number) == []
    verbs = JournalEntry.objects.filter(verb__startswith="group_plan.").values_list("verb", flat=True)
    assert [verb.removeprefix("group_plan.") for verb in verbs][-2:] == ["regrouped", "ungrouped"]


def test_the_same_correction_twice_is_one(town: Town) -> None:
    number, leader = planned(town), town.viewer("street_leader")
    group, correction = GroupPlan.objects.get().groups.order_by("-count")[0], seen(number)
    for _turn in range(2):
        change_group(leader, number, group.pk, "业主", 64, correction)
    assert counted(number)[0] == correction.seen + 1
    with pytest.raises(ValidationError, match="meanwhile"):
        change_group(leader, number, group.pk, "业主", 65, correction)


def test_a_group_with_a_measure_is_not_taken_out_of_a_draft(town: Town) -> None:
    number, leader = planned(town), town.viewer("street_leader")
    homes, wages = GroupPlan.objects.get().groups.order_by("-count")
    made = add_measure(leader, number, MeasureIn("先行垫付", DUE, body="社区", group=wages.pk))
    with pytest.raises(ValidationError, match="Remove or change the measure"):
        remove_group(leader, number, wages.pk, seen(number))
    change_measure(
        leader, number, made.pk, MeasureIn("公布时间表", DUE, body="某公司", group=homes.pk), seen(number)
    )
    remove_group(leader, number, wages.pk, seen(number))
    remove_measure(leader, number, made.pk, seen(number))
    assert not GroupPlan.objects.get().measures.exists()


def test_an_adopted_plan_is_corrected_with_a_reason_that_the_history_shows(town: Town) -> None:
    number, leader = adopted(town), town.viewer("street_leader")
    homes = GroupPlan.objects.get().groups.order_by("-count")[0]
    with pytest.raises(ValidationError) as refused:
        change_group(leader, number, homes.pk, homes.interest, 64, seen(number))
    assert list(refused.value.message_dict) == ["reason"] and counted(number)[1][0][1] == 46
    change_group(leader, number, homes.pk, homes.interest, 64, seen(number, "漏登一栋，电话13900000001"))
    assert told(town, number) == ["“要求交房的业主”已更正。\n漏登一栋，电话***********"]
    with pytest.raises(ValidationError, match="stays"):
        remove_group(leader, number, homes.pk, seen(number, "误登"))


def test_a_measure_of_an_adopted_plan_is_dropped_and_stays_in_sight(town: Town) -> None:
    number, leader = adopted(town), town.viewer("street_leader")
    measure = GroupPlan.objects.get().measures.get()
    for _turn in range(2):
        remove_measure(leader, number, measure.pk, seen(number, "改为每周公示"))
    found = plan_page(leader, number)
    assert found and [line.dropped for line in found.measures] == ["改为每周公示"]
    assert (found.standing, found.done, plans_due(leader)[0].measures) == (0, 0, 0)
    assert told(town, number) == ["“现场接待”已终止。\n改为每周公示"]
    for attempt in (
        lambda: note_progress(leader, number, measure.pk, "好", done=True),
        lambda: change_measure(leader, number, measure.pk, MeasureIn("做", DUE, body="社区"), seen(number)),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    with pytest.raises(ValidationError, match="Every group"):
        adopt_plan(leader, number)


@pytest.mark.parametrize("who", ["micro_worker", "community_chief", "department", "community_chief2"])
def test_nobody_below_the_street_corrects_a_plan(town: Town, who: str) -> None:
    number, viewer = adopted(town), town.viewer(who)
    group, measure = GroupPlan.objects.get().groups.first(), GroupPlan.objects.get().measures.get()
    assert group
    for attempt in (
        lambda: change_group(viewer, number, group.pk, "其他", 9, seen(number, "误")),
        lambda: remove_group(viewer, number, group.pk, seen(number, "误")),
        lambda: change_measure(viewer, number, measure.pk, MeasureIn("做", DUE, body="社区"), seen(number)),
        lambda: remove_measure(viewer, number, measure.pk, seen(number, "误")),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    for kind, pk in (("group", group.pk), ("measure", measure.pk)):
        assert (
            signed_in(town, who).get(f"/office/matters/{number}/plan/{kind}/{veil(pk)}/").status_code == 404
        )


def test_what_belongs_to_another_plan_is_not_corrected_here(town: Town) -> None:
    number, leader = planned(town), town.viewer("street_leader")
    foreign = add_group(leader, claim(town).matter.number, "租客", 20)
    with pytest.raises(PermissionDenied):
        change_group(leader, number, foreign.pk, "租客", 21, seen(number))
    remove_group(leader, number, foreign.pk, seen(number))
    assert ClaimGroup.objects.filter(pk=foreign.pk).exists()


def test_the_page_corrects_and_drops(town: Town) -> None:
    number, leader = planned(town), signed_in(town, "street_leader")
    plan, group = GroupPlan.objects.get(), GroupPlan.objects.get().groups.order_by("-count")[0]
    page = f"/office/matters/{number}/plan/"
    url = f"{page}group/{veil(group.pk)}/"
    assert url in leader.get(page).content.decode() and "46" in leader.get(url).content.decode()
    given = {"interest": group.interest, "count": 64, "seen": plan.version}
    assert leader.post(url, given).status_code == 302 and counted(number)[1][0][1] == 64
    assert leader.post(url, given | {"count": 65}).status_code == 422
    leader.post(f"{page}measure/", {"what": "接待", "due": "2026-09-30", "body": "某公司"})
    leader.post(f"{page}adopt/")
    measure = GroupPlan.objects.get().measures.get()
    url = f"{page}measure/{veil(measure.pk)}/"
    given = {"what": "接待", "due": "2026-09-30", "body": "某公司", "seen": counted(number)[0], "remove": "1"}
    assert leader.post(url, given).status_code == 422
    assert leader.post(url, given | {"reason": "改期"}).status_code == 302
    assert "已终止" in leader.get(page).content.decode() and leader.get(url).status_code == 404
    assert leader.get(f"{page}group/0/").status_code == 404 == leader.get(f"{page}thing/1/").status_code
    assert "已终止" in leader.get(f"/office/matters/{number}/").content.decode()
