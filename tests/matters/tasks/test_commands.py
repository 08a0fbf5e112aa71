"""Tasks of a matter: given, moved between the post and the office, and seen by nobody else (R26, P3, P4)."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from PIL import Image

from shige.files.pictures import read_picture
from shige.matters import clock
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.transfer import pass_up
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter, Task
from shige.matters.models.read_receipt import ReadReceipt
from shige.matters.tasks.actors import candidates
from shige.matters.tasks.commands import give_task, move_task, note_opening
from shige.matters.tasks.queries import PAGE, given_to, over_at, task_detail, waiting_for_office
from shige.matters.visibility.queries.sight import who_sees, work_of
from shige.matters.workflow.actors import seen_by
from shige.trust.commands import end_appointment
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment, JournalEntry
from shige.trust.queries import lineage_of_post

from ..taskforce import ACTION, matter, order, settle, task
from ..town import ALWAYS, WEDNESDAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture(autouse=True)
def _taskforce(town: Town) -> None:
    settle(town)


def picture() -> object:
    """Return a photo as it comes from a form."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return read_picture(file.getvalue())


def test_the_office_gives_a_task_and_its_post_is_told(town: Town) -> None:
    made = task(town)
    assert (made.state, made.post, made.given_by) == (
        "given",
        town.posts["property_company"],
        town.posts["fulltime_worker"],
    )
    assert town.persons["property_company"].messages.get().kind == "task.given"
    entry = JournalEntry.objects.get(object_type="task")
    assert entry.verb == "task.given" and ACTION not in str(entry.facts)


@pytest.mark.parametrize("who", ["micro_worker2", "fulltime_worker2", "department", "property_company"])
def test_nobody_else_splits_tasks_off(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        give_task(town.viewer(who), matter(town).number, order(town))


@pytest.mark.parametrize("text", ["联系 13812345678 李先生", "证号 510104199001011234", "  "])
def test_a_text_with_a_number_is_refused(town: Town, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        task(town, action=text)
    assert "action" in refused.value.message_dict and not Task.objects.exists()


def test_a_number_in_the_place_is_refused_too(town: Town) -> None:
    with pytest.raises(ValidationError) as refused:
        task(town, place="3栋 13812345678")
    assert "place" in refused.value.message_dict


def test_a_task_due_after_its_matter_needs_a_reason(town: Town) -> None:
    with pytest.raises(ValidationError) as refused:
        task(town, limit="10wd")
    assert "reason" in refused.value.message_dict
    made = task(town, limit="10wd", reason="需要调吊车")
    assert made.due_at > made.matter.resolve_by and made.late_reason == "需要调吊车"


def test_working_time_skips_the_weekend(town: Town) -> None:
    friday = WEDNESDAY + timedelta(days=2)
    with clock.at(friday):
        made = task(town, limit="1wd")
    assert made.due_at == friday + timedelta(days=3)


def test_the_post_does_it_and_the_office_accepts(town: Town) -> None:
    number, company, office = (
        task(town).number,
        town.viewer("property_company"),
        town.viewer("fulltime_worker"),
    )
    move_task(company, number, "take")
    done = move_task(company, number, "hand_in", "已清运，联系人13812345678", [picture()])  # type: ignore[list-item]
    assert done.with_office and done.photos.get().by_tasked
    assert done.steps.last().note == "已清运，联系人***********"
    assert waiting_for_office(office)[0].number == number and given_to(company)[0].number == number
    move_task(office, number, "send_back", "请补拍西侧")
    assert not waiting_for_office(office)
    move_task(company, number, "hand_in", "已补拍")
    accepted = move_task(office, number, "accept")
    assert (accepted.state, accepted.open, accepted.closed_at) == ("accepted", False, WEDNESDAY)
    assert not given_to(company) and over_at(company)[0].number == number
    assert set(town.persons["property_company"].messages.values_list("kind", flat=True)) == {
        "task.given",
        "task.send_back",
        "task.accept",
    }


def test_not_ours_needs_the_article_and_comes_back(town: Town) -> None:
    number = task(town, "department").number
    with pytest.raises(ValidationError):
        move_task(town.viewer("department"), number, "refuse", " ")
    returned = move_task(town.viewer("department"), number, "refuse", "准入清单第3条：小区内由物业负责")
    assert returned.state == "returned" and returned.with_office
    again = move_task(town.viewer("fulltime_worker"), number, "give_again", "堆放点在公共道路上")
    assert again.state == "given"


def test_a_question_is_answered_without_numbers(town: Town) -> None:
    number = task(town).number
    move_task(town.viewer("property_company"), number, "ask", "哪一侧？")
    with pytest.raises(ValidationError):
        move_task(town.viewer("fulltime_worker"), number, "answer", "打 13812345678 问")
    assert move_task(town.viewer("fulltime_worker"), number, "answer", "东侧").state == "taken"


@pytest.mark.parametrize(
    ("who", "action"),
    [("fulltime_worker", "take"), ("property_company", "withdraw"), ("street_officer", "refuse")],
)
def test_each_side_has_its_own_actions(town: Town, who: str, action: str) -> None:
    with pytest.raises(PermissionDenied):
        move_task(town.viewer(who), task(town).number, action, "理由")


def test_what_the_table_does_not_have_from_there_is_refused(town: Town) -> None:
    with pytest.raises(ValidationError):
        move_task(town.viewer("property_company"), task(town).number, "hand_in", "好了")


@pytest.mark.parametrize(
    "who",
    ["department", "foreign department", "partner", "foreign officer", "micro_worker3", "fulltime_worker2"],
)
def test_everybody_else_sees_nothing(town: Town, who: str) -> None:
    number, viewer = task(town).number, town.viewer(who)
    assert task_detail(viewer, number) is None and not given_to(viewer)
    with pytest.raises(PermissionDenied):
        move_task(viewer, number, "take")


def test_the_post_sees_its_task_and_never_the_matter(town: Town) -> None:
    made, viewer = task(town), town.viewer("property_company")
    found = task_detail(viewer, made.number)
    assert found and found.tasked and not found.office and not found.openings
    assert matter_detail(viewer, made.matter.number) is None
    assert not Matter.objects.filter(seen_by(viewer)).exists()


def test_each_opening_is_kept_and_the_offices_own_look_is_not(town: Town) -> None:
    number = task(town).number
    for who in ("property_company", "property_company", "fulltime_worker", "street_officer"):
        note_opening(town.viewer(who), number)
    opened = ReadReceipt.objects.select_related("person")
    assert [opening.person.username for opening in opened] == ["property_company"] * 2
    assert JournalEntry.objects.filter(verb="task.opened").count() == 2
    work = work_of(town.viewer("fulltime_worker"), Task.objects.get().matter)
    assert work.tasks[0].opened == 2


def test_the_office_sees_who_sees_it(town: Town) -> None:
    made = task(town)
    note_opening(town.viewer("property_company"), made.number)
    can_see, opened = who_sees(town.viewer("fulltime_worker"), made.matter)
    whole = {one.person for one in can_see if not one.task}
    assert {"fulltime_worker", "micro_worker", "community_chief", "street_officer"} <= whole
    assert not whole & {"micro_worker2", "fulltime_worker2", "department", "property_company"}
    assert [(one.person, one.task) for one in can_see if one.task] == [("property_company", made.number)]
    assert [(look.number, look.person) for look in opened if look.number] == [
        (made.number, "property_company")
    ]


def test_a_department_that_owns_a_matter_does_not_see_who_sees_it(town: Town) -> None:
    own = matter(town, "04.5")
    assert town.owner(own) == "department"
    assert who_sees(town.viewer("department"), own) == ([], [])
    assert work_of(town.viewer("department"), own).may_give


def test_a_matter_with_open_tasks_is_solved_only_with_a_reason(town: Town) -> None:
    made, office = task(town), town.viewer("fulltime_worker")
    number = made.matter.number
    take(office, number)
    with pytest.raises(ValidationError) as refused:
        solve(office, number, "已清运")
    assert "despite" in refused.value.message_dict
    move_task(office, made.number, "withdraw", "居民已自行清走")
    assert solve(office, number, "已清运").state == "to_confirm"


def test_the_reason_stays_inside_the_office(town: Town) -> None:
    made, office = task(town), town.viewer("fulltime_worker")
    take(office, made.matter.number)
    done = solve(office, made.matter.number, "已清运", "物业复核中，不影响居民")
    last = done.steps.last()
    assert last and last.remark == "物业复核中，不影响居民" and "物业" not in last.note


def test_tasks_stay_when_the_matter_changes_hands(town: Town) -> None:
    made = task(town)
    pass_up(town.viewer("fulltime_worker"), made.matter.number, "需要社区协调")
    move_task(town.viewer("property_company"), made.number, "take")
    chief = town.viewer("community_chief")
    assert town.persons["community_chief"].messages.filter(kind="task.take").exists()
    assert move_task(chief, made.number, "withdraw", "改由城管处理").state == "withdrawn"


def test_tasks_stay_with_the_post_when_its_holder_leaves(town: Town) -> None:
    made, post = task(town), town.posts["property_company"]
    held = Appointment.objects.get(post=post)
    end_appointment(SYSTEM, held, lineage_of_post(post), held.valid.lower + timedelta(days=1))
    Appointment.objects.filter(post=post).delete()
    assert not given_to(town.viewer("property_company"))
    assert work_of(town.viewer("fulltime_worker"), made.matter).vacant == {made.number}
    Appointment.objects.create(person=town.persons["partner"], post=post, valid=ALWAYS)
    assert given_to(town.viewer("partner"))[0].number == made.number


def test_of_a_sealed_matter_nobody_below_the_street_is_given_anything(town: Town) -> None:
    complaint = matter(town, "11.3", "网格员态度恶劣")
    roles = {post.role for post in candidates(complaint)}
    street = {"street_officer", "street_leader", "mediation_committee"}
    assert roles <= street | {"department", "partner", "district_centre"}
    with pytest.raises(ValidationError):
        give_task(town.viewer("service_centre"), complaint.number, order(town))


def test_what_is_sealed_later_goes_out_of_sight_of_those_below(town: Town) -> None:
    made, viewer = task(town), town.viewer("property_company")
    told = town.persons["property_company"].messages.count()
    sort(town.viewer("street_officer"), made.matter.number, "11.3")
    assert task_detail(viewer, made.number) is None and not given_to(viewer)
    with pytest.raises(PermissionDenied):
        move_task(viewer, made.number, "take")
    assert town.persons["property_company"].messages.count() == told
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_what_must_not_be_mediated_goes_to_no_grid(town: Town) -> None:
    harm = matter(town, "05.6", "他打我")
    low = {"micro_worker", "fulltime_worker", "community_chief", "exclusive_worker", "property_company"}
    assert not {post.role for post in candidates(harm)} & low


def test_the_exact_place_goes_along_only_when_asked_for(town: Town) -> None:
    hidden, shown = task(town), task(town, show_point=True)
    assert (hidden.lon, hidden.lat) == (None, None)
    assert (shown.lon, shown.lat) == (shown.matter.lon, shown.matter.lat)


def test_the_list_is_in_order_of_what_is_due_and_one_statement_each(
    town: Town, django_assert_num_queries: object
) -> None:
    for limit in ("2wd", "4h", "1wd"):
        task(town, limit=limit)
    viewer = town.viewer("property_company")
    with django_assert_num_queries(2):  # type: ignore[operator]
        rows = given_to(viewer)
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)


def test_what_is_over_comes_page_by_page_the_latest_first(town: Town) -> None:
    office = town.viewer("community_chief")
    for minute in range(PAGE + 3):
        given = task(town)
        with clock.at(WEDNESDAY + timedelta(minutes=minute)):
            move_task(office, given.number, "withdraw", "不再需要")
    company = town.viewer("property_company")
    first = over_at(company)
    rest = over_at(company, first[-1].ended)
    assert (len(first), len(rest)) == (PAGE, 3)
    ended = [row.ended for row in (*first, *rest)]
    assert ended == sorted(ended, reverse=True) and len({row.number for row in (*first, *rest)}) == PAGE + 3


def test_an_opening_cannot_be_wiped_out(town: Town) -> None:
    note_opening(town.viewer("property_company"), task(town).number)
    with pytest.raises(Exception, match="kept as they were written"):
        ReadReceipt.objects.all().delete()
