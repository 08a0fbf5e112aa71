"""The pages of tasks and joint tasks, for each who may open them (R26, P1, P3)."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from shige.files.pictures import read_picture
from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.photos import add_photos
from shige.matters.handling.commands.handling import take
from shige.matters.joint.commands import note_attendance
from shige.matters.models import JointTask, Matter, Task
from shige.matters.models.read_receipt import ReadReceipt
from shige.matters.tasks.commands import give_task
from shige.trust.gate import PUBLIC
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in

from ..taskforce import ACTION, joint, matter, order, settle, task
from ..town import Town, report

pytestmark = pytest.mark.django_db

SECRET = "楼上每晚打麻将吵得睡不着"


@pytest.fixture(autouse=True)
def _taskforce(town: Town) -> None:
    settle(town)


def photo() -> bytes:
    """Return a small photo as a file holds it."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return file.getvalue()


def confidential(town: Town) -> Matter:
    """File a confidential matter with a contact."""
    given = report(SECRET, category="04.2", name="王小明", phone="13812345678", place=town.place("micro"))
    found = file_matter(PUBLIC, given).matter
    assert found.confidential
    return found


def test_giving_a_task_by_the_form(town: Town) -> None:
    number = matter(town).number
    client, path = signed_in(town, "fulltime_worker"), f"/office/matters/{number}/give/"
    assert client.get(path).status_code == 200
    sent = {"post": town.posts["property_company"].pk, "action": ACTION, "limit": "1wd", "place": "3栋"}
    refused = client.post(path, sent | {"action": "打13812345678"})
    assert refused.status_code == 422 and not Task.objects.exists()
    file = SimpleUploadedFile("a.png", photo(), "image/png")
    assert client.post(path, sent | {"pictures": file}).status_code == 302
    made = Task.objects.get()
    assert (made.place, made.lon, made.photos.count()) == ("3栋", None, 1)
    assert ACTION in client.get(f"/office/matters/{number}/").content.decode()


def test_only_photos_that_were_chosen_go_along(town: Town) -> None:
    found, office = matter(town), town.viewer("fulltime_worker")
    content = photo()
    pictures = [read_picture(content) for _ in range(2)]
    add_photos(office, found.number, {"": pictures})
    first, second = found.photos.order_by("pk")
    made = give_task(office, found.number, order(town, photos=(first.file,)))
    client = signed_in(town, "property_company")
    assert client.get(f"/office/tasks/{made.number}/photos/{first.file}/?small").status_code == 200
    assert client.get(f"/office/tasks/{made.number}/photos/{second.file}/").status_code == 404
    assert client.get(f"/office/matters/{found.number}/photos/{first.file}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("property_company", 200),
        ("fulltime_worker", 200),
        ("street_officer", 200),
        ("micro_worker", 200),
        ("department", 404),
        ("foreign department", 404),
        ("foreign officer", 404),
        ("micro_worker3", 404),
    ],
)
def test_who_opens_a_task(town: Town, who: str, status: int) -> None:
    number = task(town).number
    client = signed_in(town, who)
    assert client.get(f"/office/tasks/{number}/").status_code == status
    assert ReadReceipt.objects.exists() == (who == "property_company")
    if status == 404:
        assert client.post(f"/office/tasks/{number}/do/take/").status_code == 404
        assert number not in client.get("/office/tasks/").content.decode()


def test_the_page_names_its_viewer_and_leads_to_no_matter(town: Town) -> None:
    made = task(town)
    page = signed_in(town, "property_company").get(f"/office/tasks/{made.number}/").content.decode()
    assert '<svg class="watermark"' in page and "property_company · property_company" in page
    assert f"/office/matters/{made.matter.number}/" not in page and "style=" not in page
    office = signed_in(town, "fulltime_worker").get(f"/office/tasks/{made.number}/").content.decode()
    assert "watermark" not in office and f"/office/matters/{made.matter.number}/" in office


def test_the_matter_itself_is_not_there_for_the_post(town: Town) -> None:
    number = task(town).matter.number
    client = signed_in(town, "property_company")
    for path in ("", "give/", "sight/", "photos/x/", "do/take/", "reveal/words/"):
        post = path.startswith(("do/", "reveal/"))
        answer = (client.post if post else client.get)(f"/office/matters/{number}/{path}")
        assert answer.status_code == 404, path


def test_nothing_of_a_confidential_matter_goes_along_by_itself(town: Town) -> None:
    found = confidential(town)
    office = signed_in(town, town.owner(found))
    form = office.get(f"/office/matters/{found.number}/give/").context["form"]
    assert not form["place"].value() and not form["show_point"].value() and not form["action"].value()
    made = give_task(town.viewer(town.owner(found)), found.number, order(town))
    page = signed_in(town, "property_company").get(f"/office/tasks/{made.number}/").content.decode()
    for said in (SECRET, "王小明", "13812345678", found.place, '"point"'):
        assert said not in page


def test_a_department_that_owns_a_confidential_matter_reads_the_gist_first(town: Town) -> None:
    """Until it opens the words on record, with a reason (P5)."""
    found = matter(town, "04.5", "隔壁3楼李家违建阳光房")
    Matter.objects.filter(pk=found.pk).update(gist="核查楼顶搭建")
    page = signed_in(town, "department").get(f"/office/matters/{found.number}/").content.decode()
    assert "核查楼顶搭建" in page and "李家" not in page


def test_from_taking_to_accepting_by_the_pages(town: Town) -> None:
    number = task(town).number
    company, office = signed_in(town, "property_company"), signed_in(town, "fulltime_worker")
    path = f"/office/tasks/{number}/do"
    assert company.post(f"{path}/take/").status_code == 302
    assert company.post(f"{path}/hand_in/", {"note": ""}).status_code == 422
    file = SimpleUploadedFile("a.png", photo(), "image/png")
    assert company.post(f"{path}/hand_in/", {"note": "已清运", "photos": file}).status_code == 302
    assert number in office.get("/office/tasks/").content.decode()
    assert office.post(f"{path}/send_back/", {"note": "打13812345678"}).status_code == 422
    assert office.post(f"{path}/accept/").status_code == 302
    assert Task.objects.get().state == "accepted"
    assert number in company.get("/office/tasks/?show=done").content.decode()
    company.post(f"{path}/hand_in/", {"note": "再来一次"})
    assert Task.objects.get().state == "accepted"


def test_a_file_that_is_no_photo_is_refused_beside_the_note(town: Town) -> None:
    number = task(town).number
    client = signed_in(town, "property_company")
    client.post(f"/office/tasks/{number}/do/take/")
    sent = {"note": "已清运", "photos": SimpleUploadedFile("a.png", b"<script>", "image/png")}
    answer = client.post(f"/office/tasks/{number}/do/hand_in/", sent)
    assert answer.status_code == 422 and "已清运" in answer.content.decode()
    assert Task.objects.get().state == "taken"


def test_solving_asks_why_tasks_are_open(town: Town) -> None:
    made = task(town)
    number = made.matter.number
    take(town.viewer("fulltime_worker"), number)
    client, path = signed_in(town, "fulltime_worker"), f"/office/matters/{number}/do/solve/"
    assert 'name="despite"' in client.get(f"/office/matters/{number}/").content.decode()
    assert client.post(path, {"note": "已清运"}).status_code == 422
    assert client.post(path, {"note": "已清运", "despite": "物业复核中"}).status_code == 302
    made.matter.refresh_from_db()
    assert made.matter.state == "to_confirm"


def test_who_sees_it_is_for_the_office(town: Town) -> None:
    found = matter(town, "04.5")
    assert signed_in(town, "department").get(f"/office/matters/{found.number}/sight/").status_code == 404
    page = signed_in(town, "street_officer").get(f"/office/matters/{found.number}/sight/").content.decode()
    assert "street_officer" in page and "foreign officer" not in page


def test_calling_by_the_form_and_noting_by_a_tap(town: Town) -> None:
    number = matter(town).number
    client = signed_in(town, "street_officer")
    meets = clock.now() + timedelta(hours=2)
    sent = {
        "purpose": "会商",
        "place": "广场",
        "meets_at": meets.strftime("%Y-%m-%dT%H:%M"),
        "posts": [town.posts["department"].pk, town.posts["department2"].pk],
    }
    late = client.post(f"/office/matters/{number}/call/", sent | {"meets_at": "2020-01-01T10:00"})
    assert late.status_code == 422
    sent["meets_at"] = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(f"/office/matters/{number}/call/", sent).status_code == 302
    made = JointTask.objects.get()
    part = made.parts.get(post=town.posts["department"])
    address = f"/office/joint/{made.number}/attendance/{veil(part.pk)}/"
    for attendance, noted in (("present", "expected"), ("excused", "excused")):
        client.post(address, {"attendance": attendance})
        part.refresh_from_db()
        assert part.attendance == noted
    JointTask.objects.update(meets_at=clock.now() - timedelta(hours=1))
    client.post(address, {"attendance": "present"})
    part.refresh_from_db()
    assert part.attendance == "present"
    client.post(f"/office/joint/{made.number}/result/{veil(part.pk)}/", {"note": "负责清运"})
    part.refresh_from_db()
    assert part.result == "负责清运"


@pytest.mark.parametrize(
    ("who", "status"),
    [("street_leader", 200), ("district_centre", 200), ("department", 403), ("foreign officer", 404)],
)
def test_who_opens_a_joint_task(town: Town, who: str, status: int) -> None:
    made = joint(town)
    client = signed_in(town, who)
    assert client.get(f"/office/joint/{made.number}/").status_code == status
    part = made.parts.order_by("pk")[0]
    own = client.get(f"/office/parts/{veil(part.pk)}/")
    assert own.status_code == (200 if who == "department" else 404)
    assert ReadReceipt.objects.exists() == (who == "department")


def test_a_part_shows_nothing_of_the_others(town: Town) -> None:
    made = joint(town)
    part = made.parts.get(post=town.posts["department"])
    client = signed_in(town, "department")
    page = client.get(f"/office/parts/{veil(part.pk)}/").content.decode()
    assert town.posts["department2"].name not in page and '<svg class="watermark"' in page
    client.post(f"/office/parts/{veil(part.pk)}/do/result/", {"note": "负责清运"})
    client.post(f"/office/parts/{veil(part.pk)}/do/excuse/", {"note": "不能到场"})
    part.refresh_from_db()
    assert (part.result, part.attendance) == ("负责清运", "excused")


def test_absence_shows_on_the_boards(town: Town) -> None:
    made = joint(town)
    JointTask.objects.update(meets_at=clock.now() - timedelta(hours=1))
    part = made.parts.get(post=town.posts["department2"])
    note_attendance(town.viewer("street_officer"), made.number, part.pk, "absent")
    for who, shown in (("street_leader", True), ("district_centre", True), ("community_chief", False)):
        for path in ("/office/", "/office/board/"):
            page = signed_in(town, who).get(path).content.decode()
            assert (f"/office/joint/{made.number}/" in page) == shown


def test_a_district_looks_on_and_does_not_note(town: Town) -> None:
    made = joint(town)
    part = made.parts.order_by("pk")[0]
    client = signed_in(town, "district_centre")
    answer = client.post(
        f"/office/joint/{made.number}/attendance/{veil(part.pk)}/", {"attendance": "present"}
    )
    assert answer.status_code == 403
    assert 'name="attendance"' not in client.get(f"/office/joint/{made.number}/").content.decode()


@pytest.mark.parametrize(
    ("path", "who"), [("/office/tasks/", "property_company"), ("/office/", "street_officer")]
)
def test_lists_take_as_many_statements_for_many_as_for_one(
    town: Town, django_assert_max_num_queries: object, path: str, who: str
) -> None:
    for _ in range(6):
        task(town, by="street_officer")
    client: Client = signed_in(town, who)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get(path)


def test_the_streets_call_needs_somebody_to_call(town: Town) -> None:
    number = matter(town).number
    client = signed_in(town, "street_officer")
    page = client.get(f"/office/matters/{number}/call/").content.decode()
    assert town.posts["department"].name in page and "foreign department" not in page


def test_a_department_that_owns_the_matter_can_be_called_too(town: Town) -> None:
    number = matter(town, "04.5").number
    page = signed_in(town, "street_officer").get(f"/office/matters/{number}/call/").content.decode()
    assert f'value="{town.posts["department"].pk}"' in page


def test_the_first_page_counts_the_tasks_of_the_post_above_everything(town: Town) -> None:
    task(town, by="street_officer")
    page = signed_in(town, "property_company").get("/office/").content.decode()
    tile = page.split('class="figures"')[1].split("</div>\n  ")[0]
    assert 'href="/office/tasks/"' in tile
