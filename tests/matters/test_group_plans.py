"""The plan for the claim of a group: the street's, by counts, with a date of its own (R23, P8)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters.commands import confirm, file_matter, solve, take
from shige.matters.commands.planning import MeasureIn, add_group, add_measure, adopt_plan, note_progress
from shige.matters.models import GroupPlan, Matter
from shige.matters.queries.planning import plan_page, plans_due
from shige.matters.report import Filed
from shige.trust.gate import PUBLIC

from .test_pages import signed_in
from .town import Town, report

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
    assert (due.number, due.adopted, due.measures, due.done) == (number, True, 1, 1)
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
