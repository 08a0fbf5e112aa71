"""What sorting keeps, takes back and asks for: promised time, tasks, a reason to mediate (R22, P3, P4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shige.matters import clock
from shige.matters.confirmation.commands.answers import answer, confirm, reopen
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.pause import ask, ask_extension, grant_extension
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.joint.commands import call_joint
from shige.matters.models import JointTask, Matter, Task
from shige.matters.report import Filed
from shige.matters.tasks.commands import give_task
from shige.matters.tasks.queries import given_to
from shige.trust.gate import PUBLIC
from tests.matters.handling.test_pages import signed_in

from ..taskforce import order, settle, summons
from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

REASON = "电话 13812345678 核实：只是争吵，没有动手"


def filed(town: Town, category: str = "01.1") -> Filed:
    """File a matter in the first micro-grid."""
    return file_matter(PUBLIC, report("楼道堆物", place=town.place("micro"), category=category))


def _reopened(town: Town, found: Filed) -> None:
    owner = town.viewer("fulltime_worker")
    take(owner, found.matter.number)
    solve(owner, found.matter.number, "清了")
    confirm(PUBLIC, found.tracking_code, 3)
    with clock.at(WEDNESDAY + timedelta(days=7)):
        reopen(PUBLIC, found.tracking_code, "还没修好")


def _paused(town: Town, found: Filed) -> None:
    owner = town.viewer("fulltime_worker")
    take(owner, found.matter.number)
    ask(owner, found.matter.number, "哪个单元？")
    with clock.at(WEDNESDAY + timedelta(days=7)):
        answer(PUBLIC, found.tracking_code, "二单元")


def _extended(town: Town, found: Filed) -> None:
    owner = town.viewer("fulltime_worker")
    take(owner, found.matter.number)
    ask_extension(owner, found.matter.number, "等垃圾车")
    grant_extension(town.viewer("community_chief"), found.matter.number, "等垃圾车")


@pytest.mark.parametrize(
    ("before", "day"), [(_reopened, 7), (_paused, 7), (_extended, 1)], ids=["reopened", "paused", "extended"]
)
def test_the_time_that_a_matter_got_is_kept(
    town: Town, before: Callable[[Town, Filed], None], day: int
) -> None:
    found = filed(town)
    before(town, found)
    was = Matter.objects.get(pk=found.matter.pk)
    with clock.at(WEDNESDAY + timedelta(days=day, hours=1)):
        sorted_out = sort(town.viewer("fulltime_worker"), found.matter.number, "01.2")
    assert (sorted_out.resolve_by, sorted_out.extensions) == (was.resolve_by, was.extensions)
    assert sorted_out.resolve_by > found.matter.resolve_by
    assert sorted_out.counted_from == was.counted_from and sorted_out.remind_at is not None


def test_a_pause_that_still_lasts_is_kept(town: Town) -> None:
    found = filed(town)
    owner = town.viewer("fulltime_worker")
    take(owner, found.matter.number)
    ask(owner, found.matter.number, "哪个单元？")
    with clock.at(WEDNESDAY + timedelta(days=7)):
        sorted_out = sort(owner, found.matter.number, "01.2")
    assert sorted_out.resolve_by == found.matter.resolve_by + timedelta(days=7)


def test_what_becomes_violence_is_no_longer_a_task_of_those_below(town: Town) -> None:
    """P4: neither grid nor company keep a task or a call to meet, or hear why; a department keeps its own."""
    settle(town)
    number = filed(town, "05.4").matter.number
    worker = town.viewer("micro_worker")
    for post in ("fulltime_worker", "property_company", "department"):
        give_task(worker, number, order(town, post))
    street = town.viewer("street_officer")
    for posts in (("community_chief", "department"), ("department", "department2")):
        call_joint(street, number, summons(town, *posts))
    sort(worker, number, "05.6")
    for post in ("fulltime_worker", "property_company", "community_chief"):
        assert given_to(town.viewer(post)) == []
    assert not town.persons["property_company"].messages.filter(kind="task.withdraw").exists()
    assert [task.post_id for task in Task.objects.filter(open=True)] == [town.posts["department"].pk]
    assert [joint.state for joint in JointTask.objects.order_by("pk")] == ["cancelled", "called"]
    said = Task.objects.filter(open=False)[0].steps.get(action="withdraw").note
    assert said == JointTask.objects.order_by("pk")[0].outcome != ""


def test_tasks_stay_where_their_posts_may_know(town: Town) -> None:
    settle(town)
    number = filed(town).matter.number
    give_task(town.viewer("fulltime_worker"), number, order(town))
    sort(town.viewer("fulltime_worker"), number, "01.2")
    assert Task.objects.filter(open=True).exists()


def test_the_police_alone_do_not_hand_danger_over_to_mediation(town: Town) -> None:
    number = filed(town, "08.6").matter.number
    with pytest.raises(ValidationError, match="ask the street"):
        sort(town.viewer("department2"), number, "05.1", REASON)
    assert sort(town.viewer("department2"), number, "08.7").category == "08.7"


def test_whoever_dispatches_says_why_it_is_no_danger(town: Town) -> None:
    number, street = filed(town, "08.6").matter.number, town.viewer("street_officer")
    with pytest.raises(ValidationError) as refused:
        sort(street, number, "05.1", " ")
    assert list(refused.value.message_dict) == ["reason"]
    assert town.owner(sort(street, number, "05.1", REASON)) == "micro_worker"
    found = matter_detail(street, number)
    assert found and "没有动手" in found.history[-1].remark and "138" not in found.history[-1].remark


def test_the_page_asks_why(town: Town) -> None:
    number, page = filed(town, "08.6").matter.number, signed_in(town, "street_officer")
    assert 'name="reason"' in page.get(f"/office/matters/{number}/").content.decode()
    sent = {"category": "05.1"}
    assert page.post(f"/office/matters/{number}/do/sort/", sent).status_code == 422
    assert page.post(f"/office/matters/{number}/do/sort/", sent | {"reason": REASON}).status_code == 302
    other = filed(town).matter.number
    form = page.get(f"/office/matters/{other}/").content.decode()
    assert "id_sort_category" in form and "id_sort_reason" not in form
