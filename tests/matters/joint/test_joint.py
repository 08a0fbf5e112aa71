"""Joint tasks: called by the street, attendance and result of each, one outcome (R26, P3)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.handling.commands.handling import solve, take
from shige.matters.joint.commands import (
    call_joint,
    end_joint,
    excuse,
    hand_in_part,
    note_attendance,
    note_part_opening,
)
from shige.matters.joint.queries import joint_detail, own_part, stayed_away
from shige.matters.models import JointPart, JointTask
from shige.matters.models.read_receipt import ReadReceipt
from shige.matters.tasks.commands import give_task
from shige.matters.tasks.queries import given_to
from shige.matters.visibility.queries.sight import who_sees
from shige.trust.models import JournalEntry

from ..taskforce import joint, matter, order, settle, summons
from ..town import WEDNESDAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LATER = WEDNESDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _taskforce(town: Town) -> None:
    settle(town)


def part_of(found: JointTask, town: Town, post: str) -> int:
    """Return the key of one post's part."""
    return JointPart.objects.get(joint=found, post=town.posts[post]).pk


@pytest.mark.parametrize("who", ["street_officer", "street_leader", "service_centre"])
def test_the_street_calls_and_each_is_told(town: Town, who: str) -> None:
    made = joint(town, by=who)
    for post in ("department", "department2"):
        assert town.persons[post].messages.get().kind == "joint.called"
        assert given_to(town.viewer(post))[0].number == made.number


@pytest.mark.parametrize("who", ["community_chief", "fulltime_worker", "district_centre", "foreign officer"])
def test_nobody_else_calls(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        call_joint(town.viewer(who), matter(town).number, summons(town, "department"))


@pytest.mark.parametrize(
    ("posts", "change", "field"),
    [
        ((), {}, "posts"),
        (("foreign department",), {}, "posts"),
        (("department",), {"purpose": "找13812345678了解"}, "purpose"),
        (("department",), {"place": " "}, "place"),
        (("department",), {"meets_at": WEDNESDAY}, "meets_at"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    town: Town, posts: tuple[str, ...], change: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        call_joint(town.viewer("street_officer"), matter(town).number, summons(town, *posts, **change))
    assert field in refused.value.message_dict and not JointTask.objects.exists()


def test_from_attendance_to_the_one_outcome(town: Town) -> None:
    made, street = joint(town), town.viewer("street_officer")
    first, second = part_of(made, town, "department"), part_of(made, town, "department2")
    with clock.at(LATER):
        note_attendance(street, made.number, first, "present")
        with pytest.raises(ValidationError):
            end_joint(street, made.number, "conclude", "分工如下")
        hand_in_part(town.viewer("department"), first, "城管负责清运")
        note_attendance(street, made.number, second, "present")
        hand_in_part(street, second, "公安负责劝离车辆")
        ended = end_joint(street, made.number, "conclude", "三日内清完")
    assert (ended.state, ended.open, ended.outcome) == ("concluded", False, "三日内清完")
    assert town.persons["department"].messages.filter(kind="joint.conclude").exists()
    assert not given_to(town.viewer("department"))
    with pytest.raises(ValidationError):
        hand_in_part(town.viewer("department"), first, "再补充")


def test_who_stays_away_is_told_on_up_the_line(town: Town) -> None:
    made, street = joint(town), town.viewer("street_officer")
    second = part_of(made, town, "department2")
    with clock.at(LATER):
        note_attendance(street, made.number, second, "absent")
        boards = {who: stayed_away(town.viewer(who)) for who in ("street_officer", "district_centre")}
    assert town.persons["district_centre"].messages.get().kind == "joint.stayed_away"
    assert town.persons["department2"].messages.filter(kind="joint.missed").exists()
    assert all([part.pk for part in board] == [second] for board in boards.values())
    facts = JournalEntry.objects.filter(verb="joint.attended").latest("pk").facts
    assert facts["attendance"] == "absent"


@pytest.mark.parametrize("who", ["department", "community_chief", "foreign officer"])
def test_the_board_is_for_street_and_district(town: Town, who: str) -> None:
    made = joint(town)
    with clock.at(LATER):
        note_attendance(
            town.viewer("street_officer"), made.number, part_of(made, town, "department2"), "absent"
        )
        assert stayed_away(town.viewer(who)) == []


def test_a_slip_of_the_finger_is_put_right(town: Town) -> None:
    made, street = joint(town), town.viewer("street_officer")
    part = part_of(made, town, "department")
    with clock.at(LATER):
        note_attendance(street, made.number, part, "absent")
        note_attendance(street, made.number, part, "present")
        note_attendance(street, made.number, part, "present")
        assert stayed_away(street) == []
    assert JournalEntry.objects.filter(verb="joint.attended").count() == 2


@pytest.mark.parametrize("attendance", ["present", "absent"])
def test_nobody_is_there_or_missing_before_the_time(town: Town, attendance: str) -> None:
    made = joint(town)
    with pytest.raises(ValidationError):
        note_attendance(
            town.viewer("street_officer"), made.number, part_of(made, town, "department"), attendance
        )


def test_an_apology_noted_beforehand_leaves_the_rest_as_it_was(town: Town) -> None:
    made, street = joint(town), town.viewer("street_officer")
    noted = note_attendance(street, made.number, part_of(made, town, "department"), "excused")
    assert noted.attendance == "excused" and JointTask.objects.get().state == "called"
    excuse(town.viewer("department2"), part_of(made, town, "department2"), "另有任务")
    assert end_joint(street, made.number, "cancel", "改期").state == "cancelled"


def test_nobody_is_called_for_what_is_not_on_their_list(town: Town) -> None:
    """R19: as with a task."""
    found = matter(town, "07.3", "公司不签合同")
    with pytest.raises(ValidationError, match=r"Not on the list of duties.*二"):
        call_joint(town.viewer("street_officer"), found.number, summons(town, "department", "micro_worker"))
    assert not JointTask.objects.exists()


def test_apologies_come_beforehand(town: Town) -> None:
    made = joint(town)
    part, viewer = part_of(made, town, "department"), town.viewer("department")
    assert excuse(viewer, part, "市里统一行动，由副职参加").attendance == "excused"
    assert town.persons["street_officer"].messages.filter(kind="joint.excused").exists()
    with clock.at(LATER), pytest.raises(ValidationError):
        excuse(town.viewer("department2"), part_of(made, town, "department2"), "忘了")


def test_each_department_sees_only_its_own_part(town: Town) -> None:
    made, viewer = joint(town), town.viewer("department")
    assert own_part(viewer, part_of(made, town, "department"))
    assert own_part(viewer, part_of(made, town, "department2")) is None
    assert joint_detail(viewer, made.number) is None
    with pytest.raises(PermissionDenied):
        hand_in_part(viewer, part_of(made, town, "department2"), "替他们说")
    with pytest.raises(PermissionDenied):
        note_attendance(viewer, made.number, part_of(made, town, "department"), "present")


@pytest.mark.parametrize("who", ["foreign department", "foreign officer", "partner"])
def test_everybody_else_sees_nothing(town: Town, who: str) -> None:
    made, viewer = joint(town), town.viewer(who)
    assert joint_detail(viewer, made.number) is None
    assert own_part(viewer, part_of(made, town, "department")) is None


def test_openings_of_a_part_are_kept(town: Town) -> None:
    made = joint(town)
    note_part_opening(town.viewer("department"), part_of(made, town, "department"))
    note_part_opening(town.viewer("street_officer"), part_of(made, town, "department"))
    assert ReadReceipt.objects.get().person == town.persons["department"]
    _can_see, opened = who_sees(town.viewer("street_officer"), made.matter)
    assert [(look.number, look.person) for look in opened if look.number] == [(made.number, "department")]


def test_a_sealed_matter_calls_nobody_below_the_street(town: Town) -> None:
    complaint = matter(town, "11.3", "网格员态度恶劣")
    viewer = town.viewer("service_centre")
    with pytest.raises(ValidationError):
        call_joint(viewer, complaint.number, summons(town, "community_chief"))
    made = call_joint(viewer, complaint.number, summons(town, "department"))
    assert joint_detail(town.viewer("community_chief"), made.number) is None


def test_an_open_joint_task_holds_the_matter_as_a_task_does(town: Town) -> None:
    made, office = joint(town), town.viewer("fulltime_worker")
    take(office, made.matter.number)
    with pytest.raises(ValidationError):
        solve(office, made.matter.number, "清完了")
    end_joint(town.viewer("street_officer"), made.number, "cancel", "已自行清理")
    assert solve(office, made.matter.number, "清完了").state == "to_confirm"


def test_what_is_done_is_not_called_for_again(town: Town) -> None:
    made, office = matter(town), town.viewer("fulltime_worker")
    take(office, made.number)
    solve(office, made.number, "好了")
    made.refresh_from_db()
    made.state, made.open, made.running = "closed", False, False
    made.save()
    with pytest.raises(ValidationError):
        call_joint(town.viewer("street_officer"), made.number, summons(town, "department"))
    with pytest.raises(ValidationError):
        give_task(office, made.number, order(town))
